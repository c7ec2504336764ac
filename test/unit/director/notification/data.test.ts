/** What templates may name: the tenants above a formation, and times in the form that Go prints. */
import { describe, expect, it } from 'vitest';
import { lifecycleData } from '../../../../src/director/notification/templates/data.ts';
import { applicationData, formationData } from '../../../../src/director/notification/templates/objects.ts';
import { renderText } from '../../../../src/director/notification/templates/render.ts';
import { sampleData, SampleFault } from '../../../../src/director/notification/templates/sample-data.ts';
import { tenants } from '../../../../src/director/tenant/records.ts';
import { directorCalls } from '../../../support/director-calls.ts';

const FORMATION = { id: 'f', tenant: 'own', formationTemplateId: 't', name: 'f', state: 'READY', createdAt: '' };

async function customers(tree: Readonly<Record<string, readonly [string, readonly string[]]>>) {
  const plane = directorCalls();
  await plane.write(async (call) => {
    for (const [id, [type, parents]] of Object.entries(tree))
      await call.tx.put(tenants, { id, externalID: id, name: id, type, provider: '', parents, labels: {} });
  });
  const { CustomerTenantContext } = await plane.read((call) => lifecycleData(call, FORMATION, 'createFormation'));
  return CustomerTenantContext as Record<string, unknown>;
}

describe('the tenants above a formation', () => {
  it('are those at the top: of several the last', async () => {
    const tree = { own: ['account', ['c1', 'c2', 'o1', 'o2']], c1: ['customer', []], c2: ['customer', []] } as const;
    const costs = { o1: ['cost-object', []], o2: ['cost-object', []] } as const;
    expect(await customers({ ...tree, ...costs })).toEqual({ AccountID: 'own', Path: null, CustomerID: 'c2', CostObjectID: 'o2' });
  });

  it('of customers at several levels the furthest, of cost objects the nearest', async () => {
    const context = await customers({
      own: ['resource-group', ['near', 'folder', 'cheap']],
      folder: ['folder', ['far', 'dear']],
      near: ['customer', []],
      far: ['customer', []],
      cheap: ['cost-object', []],
      dear: ['cost-object', []],
    });
    expect(context).toEqual({ AccountID: null, Path: 'own', CustomerID: 'far', CostObjectID: 'cheap' });
  });

  it('are not told of a customer that stands below another tenant', async () => {
    const tree = { own: ['account', ['c']], c: ['customer', ['o']], o: ['cost-object', []] } as const;
    expect(await customers(tree)).toMatchObject({ CustomerID: '', CostObjectID: 'o' });
  });
});

describe('times', () => {
  const shown = (template: string, lastStateChangeTimestamp?: string) =>
    renderText(template, { Formation: formationData({ ...FORMATION, lastStateChangeTimestamp } as never) });

  it('are printed as Go prints those of a database without zones', () => {
    const print = '{{.Formation.LastStateChangeTimestamp}}';
    expect(shown(print, '2026-01-01T08:00:00.120Z')).toBe('2026-01-01 08:00:00.12 +0000 +0000');
    expect(shown(print, '2026-01-01T08:00:00.000Z')).toBe('2026-01-01 08:00:00 +0000 +0000');
    expect(shown(`"${print}"`)).toBe('""');
    expect(shown('{{if .Formation.LastStateChangeTimestamp}}yes{{end}}')).toBe('');
  });

  it('are JSON texts in JSON, and can be written in any layout', () => {
    expect(shown('{{toJson .Formation.LastStateChangeTimestamp}}', '2026-01-01T08:00:00.120Z')).toBe('"2026-01-01T08:00:00.12Z"');
    expect(shown('{{date "02.01.2006 15:04" .Formation.LastStateChangeTimestamp}}', '2026-01-01T08:00:00Z')).toBe('01.01.2026 08:00');
  });

  it('of an object are all of that form', () => {
    const application = applicationData(
      {
        id: 'a',
        name: 'a',
        labels: {},
        scenarios: {},
        access: [],
        ready: true,
        createdAt: '2026-01-01T08:00:00Z',
        status: { condition: 'INITIAL', timestamp: '2026-01-02T08:00:00Z' },
      },
      null,
      [],
    );
    expect(renderText('{{.CreatedAt}} {{.Status.Timestamp}} {{.UpdatedAt}}', application)).toBe(
      '2026-01-01 08:00:00 +0000 +0000 2026-01-02 08:00:00 +0000 +0000 null',
    );
  });

  it('of a sample can be given', () => {
    const given = (CreatedAt: unknown) => sampleData('APPLICATION_TENANT_MAPPING', { SourceApplication: { CreatedAt } });
    expect(renderText('{{.SourceApplication.CreatedAt}}', given('2026-05-01T00:00:00Z'))).toBe('2026-05-01 00:00:00 +0000 +0000');
    expect(renderText('{{.SourceApplication.CreatedAt}}', given(null))).toBe('null');
    expect(() => given('yesterday')).toThrow(SampleFault);
  });
});
