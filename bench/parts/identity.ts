/** What it costs to know who is calling and what they may, and to find somebody among many tenants. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireScopes, scopesOf } from '../../src/director/schema/scopes.ts';
import { ALL_SCOPES } from '../../src/identity/scopes.ts';
import { DEFAULT_TENANT } from '../../src/local/plane.ts';
import { type Bench, roundsOf } from '../bench.ts';
import { compare } from '../compare.ts';
import { told } from '../figures.ts';
import { copied } from '../landscape.ts';
import { subaccountID, tenantTree } from '../plants.ts';
import { type Served, serve, temporaryFolder } from '../processes.ts';
import { microseconds } from '../repeat.ts';
import { checkAnswer, eachToken, fresh, inTenant, registrations, simpleApplication, TENANTS, VIEWER } from '../requests.ts';

/** More than the plane keeps, so that each is new when its turn comes again. */
const TOKENS = 3_000;

function issuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(temporaryFolder(), 'jwks.json');
  writeFileSync(file, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' }] }));
  return { file, privateKey, publicKey };
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(key: KeyObject, number: number): string {
  const claims = {
    scopes: ALL_SCOPES.join(' '),
    tenant: JSON.stringify({ consumerTenant: DEFAULT_TENANT, externalTenant: DEFAULT_TENANT }),
    consumerID: createHash('sha1').update(String(number)).digest('hex'),
    consumerType: 'Static User',
    flow: 'JWT',
    exp: Math.floor(Date.now() / 1000) + 36_000,
  };
  const text = `${part({ alg: 'RS256', kid: 'bench', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
}

async function tokens(bench: Bench): Promise<void> {
  const { file, privateKey, publicKey } = issuer();
  const plane = await serve(temporaryFolder(), ['--trusted-jwks', file]);
  try {
    const all = Array.from({ length: TOKENS }, (_, number) => signed(privateKey, number));
    const side = { port: plane.port, pid: plane.ready.pid, check: checkAnswer };
    const compared = await compare(
      [
        { ...side, requests: eachToken(plane, all, VIEWER) },
        { ...side, requests: eachToken(plane, all.slice(0, 1), VIEWER) },
      ],
      roundsOf(bench, 16),
    );
    const [text, signature] = [all[0]!.slice(0, all[0]!.lastIndexOf('.')), Buffer.from(all[0]!.split('.')[2]!, 'base64url')];
    const [bare] = microseconds([() => verify('sha256', Buffer.from(text), publicKey, signature)], 500);
    const [cold, kept] = [compared.of(0), compared.of(1)];
    const check = cold.cpu - kept.cpu;
    bench.table.add({
      what: 'token seen for the first time',
      measured: `${told(cold)}, of which ${check.toFixed(0)} µs for the check`,
      ratio: check / bare!,
      against: `${bare!.toFixed(0)} µs of one RS256 verification`,
    });
    bench.table.add({
      what: 'token seen before',
      measured: told(kept),
      ratio: compared.ratio(1, 0, 'perSecond'),
      against: 'tokens seen for the first time',
    });
  } finally {
    await plane.stop();
  }
}

function scopes({ table }: Bench): void {
  const required = scopesOf('mutation.registerApplication');
  const [check] = microseconds([() => requireScopes(ALL_SCOPES, required)], 100_000);
  table.add({ what: `scope check, a caller with ${ALL_SCOPES.length} scopes`, measured: `${(check! * 1000).toFixed(0)} ns` });
}

/** Beside the same request to a plane that knows the tenants of a fresh one alone. */
async function tree(bench: Bench): Promise<void> {
  const planes: Served[] = [await serve(copied(await tenantTree())), await serve(temporaryFolder())];
  const side = (plane: Served, requests: () => Buffer) => ({ port: plane.port, pid: plane.ready.pid, requests, check: checkAnswer });
  const [many, few] = planes as [Served, Served];
  const cases = [
    { what: 'tenants by search term, page of 50', of: (plane: Served) => fresh(plane, TENANTS) },
    {
      what: 'register an application in a subaccount (16 clients)',
      of: (plane: Served) => registrations(plane, simpleApplication, plane === many ? inTenant(subaccountID(7, 7)) : {}),
    },
  ];
  try {
    for (const { what, of } of cases) {
      const compared = await compare([side(many, of(many)), side(few, of(few))], roundsOf(bench, 16));
      bench.table.add({
        what: `${what}, tree of 10,000`,
        measured: told(compared.of(0)),
        ratio: compared.ratio(0, 1, 'cpu'),
        against: `${compared.of(1).cpu.toFixed(0)} µs with one tenant`,
      });
    }
  } finally {
    for (const plane of planes) await plane.stop();
  }
}

export async function identity(bench: Bench): Promise<void> {
  await tokens(bench);
  scopes(bench);
  await tree(bench);
}
