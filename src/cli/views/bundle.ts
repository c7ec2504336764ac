/** How people see bundles and what is in them. */
import type {
  ApiDetailsFragment,
  ApiRowFragment,
  BundleDetailsFragment,
  BundlesQuery,
  EventDetailsFragment,
  EventRowFragment,
} from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';
import { specFields } from './spec.ts';

type BundleRow = NonNullable<NonNullable<BundlesQuery['application']>['page']>['data'][number];

export const bundleColumns: readonly Column<BundleRow>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'APIS', of: ({ apiDefinitions }) => apiDefinitions?.totalCount },
  { title: 'EVENTS', of: ({ eventDefinitions }) => eventDefinitions?.totalCount },
  { title: 'DOCUMENTS', of: ({ documents }) => documents?.totalCount },
];

export function bundleCard(bundle: BundleDetailsFragment, headline?: string): Card {
  return card(
    bundle,
    {
      Name: bundle.name,
      ID: bundle.id,
      Description: bundle.description,
      APIs: bundle.apiDefinitions?.data.map(({ name }) => name),
      Events: bundle.eventDefinitions?.data.map(({ name }) => name),
      Documents: bundle.documents?.data.map(({ title }) => title),
    },
    headline,
  );
}

export const apiColumns: readonly Column<ApiRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'TARGET URL', of: ({ targetURL }) => targetURL },
  { title: 'GROUP', of: ({ group }) => group },
];

export function apiCard(api: ApiDetailsFragment, headline?: string): Card {
  return card(
    api,
    {
      Name: api.name,
      ID: api.id,
      'Target URL': api.targetURL,
      Description: api.description,
      Group: api.group,
      Version: api.version?.value,
      ...specFields(api.spec),
    },
    headline,
  );
}

export const eventColumns: readonly Column<EventRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'GROUP', of: ({ group }) => group },
];

export function eventCard(event: EventDetailsFragment, headline?: string): Card {
  return card(
    event,
    {
      Name: event.name,
      ID: event.id,
      Description: event.description,
      Group: event.group,
      Version: event.version?.value,
      ...specFields(event.spec),
    },
    headline,
  );
}
