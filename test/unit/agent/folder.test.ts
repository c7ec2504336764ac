import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FetchedApplication } from '../../../src/agent/director.ts';
import { applyLandscape, fileNames } from '../../../src/agent/landscape.ts';
import { agentStatus, keepStatus } from '../../../src/agent/status.ts';
import { readToken } from '../../../src/agent/token.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agent-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const application = (name: string, password?: string): FetchedApplication => ({
  id: `id of ${name}`,
  name,
  providerName: null,
  description: null,
  labels: {},
  auths: [{ id: 'auth' }],
  bundles: [
    {
      id: 'b',
      name: 'bundle',
      description: null,
      instanceAuthRequestInputSchema: null,
      apiDefinitions: { data: [], pageInfo: { hasNextPage: false } },
      eventDefinitions: { data: [], pageInfo: { hasNextPage: false } },
      defaultInstanceAuth:
        password === undefined
          ? null
          : {
              credential: { __typename: 'BasicCredentialData', username: 'u', password },
              additionalHeaders: null,
              additionalQueryParams: null,
              requestAuth: null,
            },
    },
  ],
});

describe('the folder of an agent', () => {
  it('holds what the Director says, credentials apart and for the owner alone', async () => {
    await applyLandscape(dir, [application('shop', 'secret'), application('crm')]);
    expect(readdirSync(join(dir, 'applications')).sort()).toEqual(['crm.json', 'shop.json']);
    expect(readFileSync(join(dir, 'applications', 'shop.json'), 'utf8')).not.toContain('secret');
    expect(readdirSync(join(dir, 'credentials'))).toEqual(['shop.json']);
    expect(statSync(join(dir, 'credentials', 'shop.json')).mode & 0o777).toBe(0o600);
  });

  it('loses what the Director no longer says, and nothing that is not its own', async () => {
    await applyLandscape(dir, [application('shop', 'secret'), application('crm', 'x')]);
    writeFileSync(join(dir, 'applications', 'README.txt'), 'mine');
    await applyLandscape(dir, [application('shop')]);
    expect(readdirSync(join(dir, 'applications')).sort()).toEqual(['README.txt', 'shop.json']);
    expect(readdirSync(join(dir, 'credentials'))).toEqual([]);
  });

  it('is not left by a name', () => {
    const names = [
      ...fileNames([
        { id: '1', name: '../../etc/passwd' },
        { id: '2', name: '..' },
        { id: '3', name: 'a/b' },
        { id: '4', name: 'a b' },
        { id: '5', name: 'A-B' },
        { id: '6', name: 'a-b' },
      ]).values(),
    ];
    expect(names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*\.json$/.test(name))).toBe(true);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('is worked in by one agent at a time', async () => {
    const other = process.ppid;
    writeFileSync(
      join(dir, 'status.json'),
      JSON.stringify({
        state: 'Synchronized',
        pid: other,
        startedAt: '',
        updatedAt: '',
        connection: {},
        synchronization: {},
        applications: [],
        problems: [],
      }),
    );
    await expect(keepStatus(dir, () => new Date())).rejects.toThrow(`process ${other}`);
    expect((await agentStatus(dir))?.running).toBe(true);
  });
});

describe('a one-time token', () => {
  it('is read plain, encoded and as JSON', () => {
    const raw = JSON.stringify({ token: 't==', connectorURL: 'http://c/graphql', used: false });
    expect(readToken(' t== \n')).toEqual({ token: 't==' });
    expect(readToken(Buffer.from(raw).toString('base64'))).toEqual({ token: 't==', connectorURL: 'http://c/graphql' });
    expect(readToken(raw)).toEqual({ token: 't==', connectorURL: 'http://c/graphql' });
  });
});
