import { describe, expect, it } from 'vitest';
import { granted, inherited, revoked } from '../../../../src/director/tenant-access/inheritance.ts';
import type { Access } from '../../../../src/director/tenant-access/records.ts';
import type { AncestorLink } from '../../../../src/director/tenant/rules.ts';

const link = (source: string, parent: string, depth = 1): AncestorLink => ({
  source,
  parent: { id: parent, externalID: parent, name: parent, type: 'account', provider: 'p', parents: [], labels: {} },
  depth,
});

const holders = (access: readonly Access[]) => [...new Set(access.map(({ tenant }) => tenant))].sort();
const ownRecordOf = (tenant: string) => (record: Access) => record.tenant === tenant && record.source === tenant;

describe('access that is given', () => {
  it('reaches every ancestor through the child that has it', () => {
    expect(granted([], 'sub', true, [link('sub', 'account'), link('account', 'customer', 2)])).toEqual([
      { tenant: 'sub', owner: true, source: 'sub' },
      { tenant: 'account', owner: true, source: 'sub' },
      { tenant: 'customer', owner: true, source: 'account' },
    ]);
  });

  it('does not raise a level that is there already', () => {
    const links = [link('sub', 'account')];
    const reading = granted([], 'sub', false, links);
    expect(granted(reading, 'sub', true, links)).toEqual(reading);
  });
});

describe('access that is taken', () => {
  const links = [link('sub', 'account'), link('account', 'customer', 2)];

  it('goes from all ancestors that had it through the tenant alone', () => {
    expect(revoked(granted([], 'sub', true, links), ownRecordOf('sub'))).toEqual([]);
  });

  it('stays with an ancestor that has it through another child, and with those above', () => {
    const both = granted(granted([], 'sub', true, links), 'sibling', false, [link('sibling', 'account'), link('account', 'customer', 2)]);
    const left = revoked(both, ownRecordOf('sub'));
    expect(holders(left)).toEqual(['account', 'customer', 'sibling']);
  });

  it('stays with an ancestor that has a record of its own', () => {
    const both = granted(granted([], 'sub', true, links), 'account', false, [link('account', 'customer')]);
    expect(holders(revoked(both, ownRecordOf('sub')))).toEqual(['account', 'customer']);
  });

  it('goes from those below a root that was its only source', () => {
    const organization = inherited(granted([], 'org', true, [link('org', 'root')]), true, []);
    const shared = [...organization, { tenant: 'account', owner: true, source: 'root' }];
    expect(revoked(shared, ownRecordOf('org'))).toEqual([]);
  });

  it('does not hold itself up in a circle', () => {
    const circle: Access[] = [
      { tenant: 'org', owner: true, source: 'org' },
      { tenant: 'root', owner: true, source: 'org' },
      { tenant: 'account', owner: true, source: 'root' },
      { tenant: 'root', owner: true, source: 'account' },
    ];
    expect(revoked(circle, ownRecordOf('org'))).toEqual([]);
  });
});
