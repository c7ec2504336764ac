/** How people see one-time tokens. */
import { card, type Card } from '../output/view.ts';

interface OneTimeToken {
  readonly token: string;
  readonly connectorURL: string;
  readonly expiresAt: string;
}

export const tokenCard = (token: OneTimeToken, headline: string): Card =>
  card(token, { Token: token.token, 'Connector URL': token.connectorURL, Expires: token.expiresAt }, headline);
