import { andThen, type Awaitable } from '../../registry/contract.ts';
import { type Call, tenantOf } from '../call.ts';
import { notFound } from '../errors.ts';
import { sees } from '../tenant-access/rules.ts';
import { isUUID } from '../../text/uuid.ts';
import { type ApplicationRecord, applications } from './records.ts';

/** The application, if the tenant of the call sees it; apart from the other rules because all that belongs to applications asks for it. @throws TenantRequired */
export function findApplication(call: Call, id: string): Awaitable<ApplicationRecord | undefined> {
  const tenant = tenantOf(call);
  return andThen(call.tx.get(applications, id), (record) => (record && sees(record, tenant) ? record : undefined));
}

/** As `findApplication`, for an id that somebody typed. @throws NotFound for what is no id at all */
export const lookUpApplication = (call: Call, id: string): Awaitable<ApplicationRecord | undefined> =>
  andThen(findApplication(call, id), (found) => {
    if (!found && !isUUID(id)) throw notFound('application');
    return found;
  });
