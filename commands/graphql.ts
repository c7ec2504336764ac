import { Flags } from '@oclif/core';
import { GraphQLError, HttpError } from '../src/client/errors.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { failureOf } from '../src/cli/failure/failure-of.ts';
import { named, needed } from '../src/cli/frame/flags.ts';
import { jsonOrText, keyAndValue, literalOrFile, structured } from '../src/cli/input/input.ts';
import { everyPage } from '../src/cli/connection/graphql-pages.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { SYSTEMS } from '../src/cli/connection/session.ts';
import { text, type View } from '../src/cli/output/view.ts';

export default class Graphql extends RemoteCommand<typeof Graphql> {
  static override summary = 'Send a GraphQL document of your own.';
  static override description =
    'Prints the data of the answer as JSON. With errors in the answer the whole of it is printed, and the exit code tells the kind of error.';
  static override examples = [
    `<%= config.bin %> <%= command.id %> '{ viewer { id type } }'`,
    `<%= config.bin %> <%= command.id %> '{ applications { data { name } } }' --jq '.applications.data[].name'`,
    `<%= config.bin %> <%= command.id %> @apps.graphql --paginate --field first=100`,
    `<%= config.bin %> <%= command.id %> '{ configuration { token { token } } }' --system connector --header "Connector-Token: $TOKEN"`,
    `<%= config.bin %> <%= command.id %> 'query($id: ID!) { application(id: $id) { name } }' --field id=5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55`,
  ];
  static override args = { document: needed('The document; @FILE reads it from a file, - from standard input.') };
  static override flags = named({
    field: Flags.string({
      char: 'F',
      summary: 'Variable; numbers, booleans, null and JSON are read as such.',
      helpValue: 'NAME=VALUE',
      multiple: true,
    }),
    'raw-field': Flags.string({ summary: 'Variable that is always a text.', helpValue: 'NAME=VALUE', multiple: true }),
    variables: Flags.string({ summary: 'All variables as a JSON object; @FILE reads it from a file.', helpValue: 'JSON' }),
    header: Flags.string({
      char: 'H',
      summary: 'Header to send along, such as the one-time token that the Connector takes.',
      helpValue: 'NAME:VALUE',
      multiple: true,
    }),
    system: Flags.option({ options: SYSTEMS })({ summary: 'Who is asked.', default: 'director' }),
    paginate: Flags.boolean({
      summary: 'Follow the pages of the first list; the document must take $after and ask for pageInfo { hasNextPage endCursor }.',
    }),
  });

  protected override get requestHeaders() {
    return Object.fromEntries((this.flags.header ?? []).map(headerOf));
  }

  protected async execute(): Promise<View> {
    const { flags } = this;
    const document = await literalOrFile(this.host, this.args.document);
    if (!document.includes('{'))
      throw new Failure('usage', `${JSON.stringify(this.args.document)} is no GraphQL document.`, {
        hint: `A document holds braces: '{ viewer { id } }'. A file is named with @ before it: @${this.args.document.replace(/^@/, '')}.`,
      });
    const variables = {
      ...(flags.variables === undefined ? {} : await structured(await literalOrFile(this.host, flags.variables), '--variables')),
      ...Object.fromEntries((flags.field ?? []).map(keyAndValue).map(([name, value]) => [name, jsonOrText(value)])),
      ...Object.fromEntries((flags['raw-field'] ?? []).map(keyAndValue)),
    };
    const ask = (more: Record<string, unknown>) =>
      this.client(flags.system).request<unknown, Record<string, unknown>>(document, { ...variables, ...more });
    try {
      const data = flags.paginate ? await everyPage(ask) : await ask({});
      return text(data, JSON.stringify(data, null, 2));
    } catch (error) {
      if (flags.system === 'connector' && error instanceof HttpError && error.status === 400) throw unpaired(error);
      // Programs get the failure alone, people what came with it, too.
      if (error instanceof GraphQLError && !this.output.machine)
        await this.output.show(text(null, JSON.stringify({ data: error.data ?? null, errors: error.errors }, null, 2)));
      throw failureOf(error);
    }
  }
}

/** @throws Failure usage */
function headerOf(text: string): [string, string] {
  const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Failure('usage', `${JSON.stringify(text)} is not of the form NAME:VALUE.`);
  return [name.toLowerCase(), value];
}

/** The Connector says nothing to whom it does not take. */
const unpaired = (error: HttpError) =>
  new Failure('not_authorised', 'The Connector took neither a one-time token nor a client certificate.', {
    hint: 'Bearer tokens open nothing there: send a one-time token, `--header "Connector-Token: …"` (`compass app token`, `compass runtime token`), or use a context with --cert and --key.',
    details: { status: error.status },
    cause: error,
  });
