import { Flags } from '@oclif/core';
import { SYSTEMS } from '../src/cli/connection/session.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { named, optional } from '../src/cli/frame/flags.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { nearest } from '../src/cli/frame/suggest.ts';
import { table, text, type View } from '../src/cli/output/view.ts';
import { operationsOf, typeOf } from '../src/cli/schema/ask.ts';
import { fieldLines, namedType, typeLines, typeText } from '../src/cli/schema/print.ts';

export default class Schema extends RemoteCommand<typeof Schema> {
  static override summary = 'Show what can be asked of a system: its operations, or one operation or type with its fields.';
  static override description =
    'The plane is asked, so this is the schema that it really has. What an operation takes is shown with it; `compass graphql` sends one.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> registerApplication',
    '<%= config.bin %> <%= command.id %> ApplicationRegisterInput',
    '<%= config.bin %> <%= command.id %> --search formation --system director',
    `<%= config.bin %> <%= command.id %> --jq '.[] | select(.kind == "mutation") | .name'`,
  ];
  static override args = { name: optional('Operation or type; all operations unless given.') };
  static override flags = named({
    search: Flags.string({ summary: 'Only operations whose name or description holds this text.', helpValue: 'TEXT' }),
    system: Flags.option({ options: SYSTEMS.filter((system) => system !== 'connector') })({
      summary: 'Who is asked.',
      default: 'director',
    }),
  });

  protected async execute(): Promise<View> {
    const { name } = this.args;
    return name === undefined ? this.#operations() : this.#one(name);
  }

  async #operations(): Promise<View> {
    const { operations } = await operationsOf(this.client(this.flags.system));
    const wanted = (this.flags.search ?? '').toLowerCase();
    return table(
      operations.filter(({ name, description }) => `${name}\n${description ?? ''}`.toLowerCase().includes(wanted)),
      [
        { title: 'KIND', of: ({ kind }) => kind },
        { title: 'OPERATION', of: ({ name }) => name },
        { title: 'ANSWERS', of: ({ type }) => typeText(type) },
        { title: 'DESCRIPTION', of: ({ description }) => description },
      ],
      'No operation is like that.',
    );
  }

  async #one(name: string): Promise<View> {
    const client = this.client(this.flags.system);
    const type = await typeOf(client, name);
    if (type !== null) return text(type, typeLines(type).join('\n'));
    const { operations, types } = await operationsOf(client);
    const found = operations.filter((one) => one.name === name);
    if (found.length === 0) throw unknown(name, [...operations.map((one) => one.name), ...types]);
    const taken = [...new Set(found.flatMap(({ args }) => args.map((one) => namedType(one.type))))];
    const inputs = (await Promise.all(taken.map((one) => typeOf(client, one)))).filter(
      (one) => one !== null && (one.kind === 'INPUT_OBJECT' || one.kind === 'ENUM'),
    );
    const blocks = [...found.map((one) => [`# ${one.kind}`, ...fieldLines(one)]), ...inputs.map((one) => typeLines(one!))];
    return text({ operations: found, inputs }, blocks.map((lines) => lines.join('\n')).join('\n\n'));
  }
}

function unknown(name: string, known: readonly string[]): Failure {
  const like = known.find((one) => one.toLowerCase() === name.toLowerCase());
  const meant = like === undefined ? nearest(name, known) : [like];
  return new Failure('not_found', `There is neither an operation nor a type ${JSON.stringify(name)}.`, {
    hint: meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : '`compass schema --search TEXT` looks for operations.',
    details: { suggestions: meant },
  });
}
