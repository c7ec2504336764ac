/** How people see an agent. */
import { card, type Card } from '../output/view.ts';

/** What an agent says of itself. */
export interface AgentView {
  readonly state: string;
  readonly running: boolean;
  readonly updatedAt: string;
  readonly runtime?: { readonly id: string; readonly name?: string };
  readonly certificate?: { readonly notAfter: string };
  readonly connection: { readonly error?: string };
  readonly synchronization: { readonly lastSuccessfulApplication?: string; readonly error?: string };
  readonly applications: readonly string[];
  readonly problems: readonly string[];
}

export function agentCard(status: AgentView, dir: string): Card {
  return card(
    { ...status, dir },
    {
      State: status.state,
      Running: status.running,
      Runtime: status.runtime?.name ?? status.runtime?.id,
      Applications: status.applications,
      'Synchronised at': status.synchronization.lastSuccessfulApplication,
      'Certificate until': status.certificate?.notAfter,
      Error: status.connection.error ?? status.synchronization.error,
      Problems: status.problems,
      Folder: dir,
    },
  );
}
