/** How people see one label. */
import { card, type Card } from '../output/view.ts';

export const labelCard = (label: { readonly key: string; readonly value: unknown }, headline: string): Card =>
  card(label, { [label.key]: label.value }, headline);
