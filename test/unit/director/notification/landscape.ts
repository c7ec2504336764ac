/** A Director with applications and runtimes of one account, and a server that plays whoever is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { applications } from '../../../../src/director/application/records.ts';
import { createDirector } from '../../../../src/director/director.ts';
import { createAndTell } from '../../../../src/director/formation/lifecycle/create-and-delete.ts';
import { requireFormationByName } from '../../../../src/director/formation/rules.ts';
import { assignFormation, unassignFormation } from '../../../../src/director/formation/assigning/assign-and-tell.ts';
import { assignmentsOf } from '../../../../src/director/formation-assignment/rules.ts';
import { createTemplate } from '../../../../src/director/formation-template/rules.ts';
import type { ParticipantKind } from '../../../../src/director/formation-assignment/records.ts';
import { runtimeContexts } from '../../../../src/director/runtime-context/records.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { seed } from '../../../../src/director/seed.ts';
import { createWebhooks } from '../../../../src/director/webhook/rules.ts';
import type { WriteCall } from '../../../../src/director/call.ts';
import { openMemoryRegistry } from '../../../../src/registry/memory/registry.ts';
import { SETTINGS } from '../../../support/director-asked.ts';
import { callerIn } from '../../../support/director-calls.ts';

export const ACCOUNT = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';
const INPUT = '{"operation":"{{.Operation}}","state":"{{.Assignment.State}}","source":"{{.Assignment.Source}}"}';
const OUTPUT =
  '{"config":"{{.Body.configuration}}","error":"{{.Body.error}}","state":"{{.Body.state}}","success_status_code":200,"incomplete_status_code":204}';

export interface Told {
  readonly path: string;
  readonly operation: string;
  readonly state: string;
  readonly source: string;
}

async function startReceiver() {
  const told: Told[] = [];
  const replies: Record<string, { status?: number; body?: unknown; before?: () => Promise<void> }> = {};
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', async () => {
      told.push({ path: request.url!, ...(JSON.parse(text) as Omit<Told, 'path'>) });
      const reply = replies[request.url!] ?? {};
      await reply.before?.();
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, told, replies, close: () => new Promise((resolve) => server.close(resolve)) };
}

export async function landscape() {
  const registry = openMemoryRegistry();
  await registry.write({ by: 'test', operation: 'seed' }, (tx) => seed(tx, true));
  const reports: string[] = [];
  const director = createDirector({
    registry,
    settings: { ...SETTINGS, privateAddresses: true },
    report: (message) => reports.push(message),
  });
  const receiver = await startReceiver();
  const ctx = director.contextFor({ caller: callerIn(ACCOUNT), headers: {}, requestId: 'request' }, registry.latest);
  const common = (name: string) => ({
    id: name,
    name,
    scenarios: {},
    access: [{ tenant: ACCOUNT, owner: true, source: ACCOUNT }],
    createdAt: new Date().toISOString(),
    status: { condition: 'INITIAL', timestamp: '' },
  });
  const hook = (call: WriteCall, kind: 'application' | 'runtime', id: string, type: string, mode: string) =>
    createWebhooks(call, { kind, id }, [
      {
        type,
        mode,
        urlTemplate: `{"path":"${receiver.url}/${id}","method":"POST"}`,
        inputTemplate: INPUT,
        outputTemplate: OUTPUT,
      } as never,
    ]);
  const formation = () => requireFormationByName(ctx.call, 'production');
  await ctx.write((call) =>
    createTemplate(call, {
      name: 'suite',
      applicationTypes: ['system'],
      runtimeTypes: ['cluster'],
      runtimeTypeDisplayName: 'Cluster',
      runtimeArtifactKind: 'SERVICE_INSTANCE',
    }),
  );
  await createAndTell(ctx, { name: 'production', templateName: 'suite' });
  return {
    registry,
    director,
    receiver,
    reports,
    ctx,
    formation,
    /** Told about other applications; its id is its name. */
    application: (name: string, mode?: 'SYNC' | 'ASYNC_CALLBACK') =>
      ctx.write(async (call) => {
        await call.tx.put(applications, { ...common(name), labels: { applicationType: 'system' }, ready: true });
        if (mode) await hook(call, 'application', name, 'APPLICATION_TENANT_MAPPING', mode);
        if (mode) await hook(call, 'application', name, 'CONFIGURATION_CHANGED', mode);
      }),
    runtime: (name: string, mode?: 'SYNC' | 'ASYNC_CALLBACK') =>
      ctx.write(async (call) => {
        await call.tx.put(runtimes, { ...common(name), labels: { runtimeType: 'cluster' } });
        if (mode) await hook(call, 'runtime', name, 'CONFIGURATION_CHANGED', mode);
      }),
    context: (name: string, runtimeID: string) =>
      ctx.write(async (call) => {
        await call.tx.put(runtimeContexts, { ...common(name), labels: {}, runtimeID, key: 'tenant', value: name });
      }),
    assign: (objectID: string, objectType: ParticipantKind = 'APPLICATION') =>
      assignFormation(ctx, (call) => requireFormationByName(call, 'production'), { objectType, objectID }, []),
    unassign: (objectID: string, objectType: ParticipantKind = 'APPLICATION') =>
      unassignFormation(ctx, (call) => requireFormationByName(call, 'production'), { objectType, objectID }),
    /** `source->target state` of every assignment, sorted. */
    assignments: async () =>
      (await assignmentsOf(ctx.call, (await formation()).id)).map(({ source, target, state }) => `${source}->${target} ${state}`).sort(),
    close: () => receiver.close(),
  };
}
