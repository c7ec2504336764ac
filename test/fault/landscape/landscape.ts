/**
 * A landscape of systems of all tempers joins formations, leaves them, and is told about each other, while the plane is killed again and again.
 * In the end everything must be as the model says.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectedAssignments, expectedMembers, isAsynchronous, type Plan, planFrom, type Size, type System } from './model.ts';
import { MortalPlane, STRANGER } from './plane.ts';
import { startReceivers, type Told } from './receivers.ts';

export interface LandscapeReport {
  readonly seed: number;
  readonly kills: number;
  readonly calls: number;
  readonly assignments: number;
  /** What is not as the model says. */
  readonly differences: readonly string[];
}

const INPUT =
  '{"operation":"{{.Operation}}","formation":"{{.FormationID}}","assignment":"{{.Assignment.ID}}","source":"{{.SourceApplication.Name}}","target":"{{.TargetApplication.Name}}"}';
const webhookOf = (url: string, { behaviour }: System) => ({
  type: 'APPLICATION_TENANT_MAPPING',
  mode: isAsynchronous(behaviour) ? 'ASYNC_CALLBACK' : 'SYNC',
  urlTemplate: `{"method":"POST","path":"${url}/{{.TargetApplication.Name}}"}`,
  inputTemplate: INPUT,
  outputTemplate: `{"config":"{{.Body.configuration}}","state":"{{.Body.state}}","error":"{{.Body.error}}","success_status_code":${isAsynchronous(behaviour) ? 202 : 200}}`,
});

async function inTurns<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

class Landscape {
  readonly ids = new Map<string, string>();
  readonly names = new Map<string, string>();
  readonly formationIDs = new Map<string, string>();

  constructor(
    readonly plan: Plan,
    readonly plane: MortalPlane,
  ) {}

  async build(url: string): Promise<void> {
    await this.plane.graphql('mutation { createFormationTemplate(in: {name: "landscape", applicationTypes: ["system"]}) { id } }');
    await inTurns(this.plan.formations, 8, async ({ name, systems }) => {
      const made = await this.plane.graphql(
        'mutation($n: String!) { f: createFormation(formation: {name: $n, templateName: "landscape"}) { id } }',
        { n: name },
      );
      this.formationIDs.set(name, (made.data as unknown as { f: { id: string } }).f.id);
      for (const system of systems) {
        const input = { name: system.name, labels: { applicationType: 'system' }, webhooks: [webhookOf(url, system)] };
        const answer = await this.plane.graphql('mutation($in: ApplicationRegisterInput!) { a: registerApplication(in: $in) { id } }', {
          in: input,
        });
        const { id } = (answer.data as unknown as { a: { id: string } }).a;
        this.ids.set(system.name, id);
        this.names.set(id, system.name);
      }
    });
  }

  /** `assign` or `unassign`; what participants say to it is none of the landscape's business. */
  move(verb: 'assign' | 'unassign', formation: string, system: System): Promise<unknown> {
    return this.plane.graphql(
      `mutation($o: ID!, $n: String!) { ${verb}Formation(objectID: $o, objectType: APPLICATION, formation: {name: $n}) { id } }`,
      {
        o: this.ids.get(system.name),
        n: formation,
      },
    );
  }

  resync = (formation: string): Promise<unknown> =>
    this.plane.graphql('mutation($id: ID!) { resynchronizeFormationNotifications(formationID: $id) { id } }', {
      id: this.formationIDs.get(formation),
    });

  async assignments(formation: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const answer = await this.plane.graphql(
      'query($id: ID!) { f: formation(id: $id) { formationAssignments(first: 200) { data { source target state error } } } }',
      {
        id: this.formationIDs.get(formation),
      },
    );
    type Row = { source: string; target: string; state: string; error: string | null };
    for (const { source, target, state, error } of (answer.data as unknown as { f: { formationAssignments: { data: Row[] } } }).f
      .formationAssignments.data) {
      const code =
        state.endsWith('_ERROR') && error !== null ? ` ${(JSON.parse(error) as { error: { errorCode: number } }).error.errorCode}` : '';
      found.set(`${this.names.get(source)}->${this.names.get(target)}`, `${state}${code}`);
    }
    return found;
  }

  async members(formation: Plan['formations'][number]): Promise<Set<string>> {
    const members = new Set<string>();
    for (const { name } of formation.systems) {
      const answer = await this.plane.graphql('query($id: ID!) { a: application(id: $id) { labels(key: "scenarios") } }', {
        id: this.ids.get(name),
      });
      const labels = (answer.data as unknown as { a: { labels: { scenarios?: string[] } | null } }).a.labels;
      if (labels?.scenarios?.includes(formation.name)) members.add(name);
    }
    return members;
  }
}

function compared(name: string, expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((pair) => expected.get(pair) !== found.get(pair))
    .map((pair) => `${name} ${pair}: expected ${expected.get(pair) ?? 'nothing'}, found ${found.get(pair) ?? 'nothing'}`);
}

/** Whoever is alive must have heard of everybody who joined. */
function untold(plan: Plan, told: ReadonlyMap<string, number>): string[] {
  return plan.formations.flatMap(({ name, systems }) =>
    systems.flatMap((source) =>
      systems
        .filter((target) => target !== source && !told.has(`assign ${source.name}->${target.name}`))
        .map((target) => `${name}: ${target.name} was never told about ${source.name}`),
    ),
  );
}

/** @throws Error where the plane answers what it never should */
export async function runLandscape(seed: number, size: Size, progress: (text: string) => void = () => undefined): Promise<LandscapeReport> {
  const plan = planFrom(seed, size);
  const folder = await mkdtemp(join(tmpdir(), 'compass-landscape-'));
  const plane = new MortalPlane(folder);
  let calls = 0;
  const kills = [...plan.kills];
  let untilKill = kills.shift() ?? Infinity;
  let isChaos = false;
  const receivers = await startReceivers({
    systems: new Map(plan.formations.flatMap(({ systems }) => systems.map((system) => [system.name, system] as const))),
    async report({ formation, assignment }: Told, report, stranger) {
      const answer = await plane.send(
        `/v1/businessIntegrations/${formation}/assignments/${assignment}/status`,
        'PATCH',
        report,
        stranger ? STRANGER : undefined,
      );
      return answer?.status;
    },
    onCall() {
      calls++;
      if (!isChaos || --untilKill > 0) return;
      untilKill = kills.shift() ?? Infinity;
      plane.kill();
    },
  });
  try {
    await plane.start();
    const landscape = new Landscape(plan, plane);
    await landscape.build(receivers.url);
    isChaos = true;
    progress('joining');
    await inTurns(plan.formations, 8, async ({ name, systems }) => {
      for (const system of systems) await landscape.move('assign', name, system);
    });
    // Moody ones come round after a few attempts; each ends where it ends.
    const settle = async () => {
      for (let round = 0; round < 3; round++) {
        await inTurns(plan.formations, 8, async ({ name }) => void (await landscape.resync(name)));
        await plane.up();
        await receivers.quiet();
      }
    };
    await settle();
    progress('leaving');
    await inTurns(plan.formations, 8, async ({ name, leaving }) => {
      for (const system of leaving) await landscape.move('unassign', name, system);
    });
    isChaos = false;
    await plane.up();
    await settle();
    progress('looking');
    const differences = [...receivers.wrong, ...untold(plan, receivers.told)];
    let assignments = 0;
    for (const formation of plan.formations) {
      const expected = expectedAssignments(formation);
      let found = await landscape.assignments(formation.name);
      for (let patience = 0; patience < 40 && compared('', expected, found).length > 0; patience++) {
        await sleep(50);
        found = await landscape.assignments(formation.name);
      }
      assignments += found.size;
      differences.push(...compared(formation.name, expected, found));
      const [shouldBe, are] = [expectedMembers(formation), await landscape.members(formation)];
      for (const { name } of formation.systems)
        if (shouldBe.has(name) !== are.has(name))
          differences.push(`${formation.name}: ${name} ${are.has(name) ? 'carries' : 'has lost'} its name`);
    }
    return { seed, kills: plane.kills, calls, assignments, differences };
  } finally {
    await plane.stop();
    await receivers.close();
    await rm(folder, { recursive: true, force: true });
  }
}
