/** How access records come and go with their sources: plain values, no registry. */
import type { AncestorLink } from '../tenant/rules.ts';
import type { Access } from './records.ts';

const has = (access: readonly Access[], tenant: string, source: string) =>
  access.some((record) => record.tenant === tenant && record.source === source);

/** A record that is there already keeps its level. */
export const withRecord = (access: readonly Access[], record: Access): Access[] =>
  has(access, record.tenant, record.source) ? [...access] : [...access, record];

/** With what the ancestors inherit from a tenant that has the object. */
export const inherited = (access: readonly Access[], owner: boolean, links: readonly AncestorLink[]): Access[] =>
  links.reduce<Access[]>((known, link) => withRecord(known, { tenant: link.parent.id, owner, source: link.source }), [...access]);

/** With a record of the tenant's own and what its ancestors inherit by it. */
export const granted = (access: readonly Access[], tenant: string, owner: boolean, links: readonly AncestorLink[]): Access[] =>
  inherited(withRecord(access, { tenant, owner, source: tenant }), owner, links);

/** Without the records whose source has lost the object itself: what is left leads back to somebody's own record. */
function supported(access: readonly Access[]): Access[] {
  const holders = new Set(access.filter((record) => record.tenant === record.source).map((record) => record.tenant));
  for (let grown = true; grown;) {
    grown = false;
    for (const { tenant, source } of access) {
      if (holders.has(tenant) || !holders.has(source)) continue;
      holders.add(tenant);
      grown = true;
    }
  }
  return access.filter((record) => holders.has(record.source));
}

/** Without the records that the judge names, and without all that hung on them. */
export const revoked = (access: readonly Access[], taken: (record: Access) => boolean): Access[] =>
  supported(access.filter((record) => !taken(record)));
