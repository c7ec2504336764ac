/** The application behind a call, and the name that it has in addresses. */
import type { DirectorDesk } from './director.ts';
import { AdapterError, within } from './errors.ts';

export interface LegacyApplication {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, unknown>>;
  /** Empty where no runtime takes its events. */
  readonly eventsURL: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, unknown>> | null;
  readonly eventingConfiguration: { readonly defaultURL: string } | null;
}

const FIELDS = 'id name labels eventingConfiguration { defaultURL }';

const fromRow = ({ id, name, labels, eventingConfiguration }: Row): LegacyApplication => ({
  id,
  name,
  labels: labels ?? {},
  eventsURL: eventingConfiguration?.defaultURL ?? '',
});

/** @throws AdapterError */
export const applicationById = (director: DirectorDesk, id: string): Promise<LegacyApplication> =>
  within('Failed to get application from Director', async () => {
    const { found } = await director.ask<{ found: Row | null }>(`query($id: ID!) { found: application(id: $id) { ${FIELDS} } }`, { id });
    if (!found) throw new AdapterError(404, 'graphql: Object not found [object=application]');
    return fromRow(found);
  });

/** The one application whose label `name` that is. @throws AdapterError */
export async function applicationByName(director: DirectorDesk, name: string): Promise<LegacyApplication> {
  const { page } = await within('while getting service', () =>
    director.ask<{ page: { data: readonly Row[] } }>(
      `query($filter: [LabelFilter!]) { page: applications(filter: $filter, first: 2) { data { ${FIELDS} } } }`,
      {
        filter: [{ key: 'name', query: JSON.stringify(name) }],
      },
    ),
  );
  const [found, another] = page.data;
  if (!found) throw new AdapterError(404, `application with name ${name} not found`);
  if (another) throw new AdapterError(409, `found more than 1 application with name ${name}`);
  return fromRow(found);
}

/** Label `name` where it is a text, else the application's name. */
export const addressName = ({ name, labels }: LegacyApplication) =>
  typeof labels.name === 'string' && labels.name !== '' ? labels.name : name;
