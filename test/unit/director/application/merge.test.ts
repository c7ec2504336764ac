import { describe, expect, it } from 'vitest';
import { applicationTemplates } from '../../../../src/director/application-template/records.ts';
import { mergeApplications } from '../../../../src/director/application/changes/merge.ts';
import { type ApplicationRecord, applications } from '../../../../src/director/application/records.ts';
import { registerApplication } from '../../../../src/director/application/rules.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

const NOW = '2026-01-01T00:00:00Z';

/** Merges two systems of one template, whose labels `managed` are these. */
function merged(managed: { destination?: unknown; source?: unknown }): Promise<ApplicationRecord> {
  return directorCalls().write(async (call) => {
    const template = { id: 'tpl', name: 't', applicationInput: {}, placeholders: [], labels: {}, accessLevel: 'GLOBAL' } as const;
    await call.tx.put(applicationTemplates, { ...template, createdAt: NOW, updatedAt: NOW });
    const ids: string[] = [];
    for (const name of ['destination', 'source'] as const) {
      const input = { name, baseUrl: 'https://x.example.com' };
      const record = await registerApplication(call, input, { applicationTemplateID: 'tpl' });
      const { managed: _, ...labels } = record.labels;
      await call.tx.put(applications, {
        ...record,
        labels: managed[name] === undefined ? labels : { ...labels, managed: managed[name] },
        scenarios: name === 'destination' ? { T: ['f'] } : {},
      });
      ids.push(record.id);
    }
    return mergeApplications(call, ids[0]!, ids[1]!);
  }, callerIn('T'));
}

describe('the label managed of two merged applications', () => {
  it.each([
    [{ destination: 'false', source: 'T' }, 'true'],
    [{ destination: '1', source: 'false' }, 'true'],
    [{ source: 'true' }, 'true'],
    [{ source: 'F' }, 'F'],
    [{ destination: 'false', source: 'false' }, 'false'],
    [{}, undefined],
  ])('of %j is %j', async (managed, expected) => {
    expect((await merged(managed)).labels['managed']).toBe(expected);
  });

  it.each([{ source: true }, { destination: 'maybe' }, { destination: 'true', source: ['true'] }])('of %j keeps them apart', (managed) =>
    expect(merged(managed)).rejects.toThrow('The operation is not allowed'),
  );
});
