import type { NamedKind } from '../src/cli/completion/candidates.ts';
import { candidates } from '../src/cli/completion/candidates.ts';
import { apisOf, bundlesOf, eventsOf } from '../src/cli/objects/parts.ts';
import { TenantsDocument } from '../src/client/director.generated.ts';
import { Contexts } from '../src/cli/connection/contexts.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { namesOf } from '../src/cli/objects/resolve.ts';
import { silence, text } from '../src/cli/output/view.ts';

const PARTS = { bundle: bundlesOf, api: apisOf, event: eventsOf };

/** Milliseconds: whoever presses TAB does not wait longer. */
const PATIENCE = 500;

export default class Complete extends RemoteCommand<typeof Complete> {
  static override summary = 'What may stand at the end of a command line; asked by the scripts of `completion`.';
  static override examples = ['<%= config.bin %> <%= command.id %> -- app g'];
  static override hidden = true;
  static override strict = false;

  protected async execute() {
    const words = this.argv.slice(this.argv.indexOf('--') + 1);
    const current = words.at(-1) ?? '';
    const { words: known, kind, app } = candidates(words, this.config.commands);
    const fitting = [...known, ...(kind === undefined ? [] : await this.#names(kind, app))].filter((word) => word.startsWith(current));
    return fitting.length === 0 ? silence([]) : text(fitting, fitting.join('\n'));
  }

  /** None where no plane answers: completion never complains. */
  async #names(kind: NamedKind, app: string | undefined): Promise<readonly string[]> {
    try {
      switch (kind) {
        case 'context':
          return Object.keys(new Contexts(this.host.env).all());
        case 'tenant':
          return (await this.#tenants()).flatMap(({ name }) => name ?? []);
        case 'tenantId':
          return (await this.#tenants()).map(({ id }) => id);
        case 'bundle':
        case 'api':
        case 'event':
          return app === undefined ? [] : (await PARTS[kind](this.director, await this.idOf('application', app))).map(({ name }) => name);
        default:
          return await namesOf(this.director, kind, Date.now() + PATIENCE);
      }
    } catch {
      return [];
    }
  }

  async #tenants() {
    return (await this.director.request(TenantsDocument, {})).page.data;
  }

  protected override get requestTimeout(): number {
    return PATIENCE;
  }
}
