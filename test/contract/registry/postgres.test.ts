import { type PostgresOptions, openPostgresRegistry } from '../../../src/registry/postgres/registry.ts';
import { ask, describeWithPostgres, newDatabase, type TestDatabase } from '../../support/postgres.ts';
import { ports, ships } from './records.ts';
import { registryContract } from './suite.ts';

describeWithPostgres('on PostgreSQL', () => {
  let database: Promise<TestDatabase> | undefined;
  const openEmpty = async (more: Partial<PostgresOptions> = {}) => {
    const { url, keyFile } = await (database ??= newDatabase());
    await ask(url, 'DROP SCHEMA IF EXISTS compass CASCADE');
    return openPostgresRegistry({ url, keyFile, collections: [ships, ports], ...more });
  };
  registryContract('postgres', () => openEmpty());
  registryContract('postgres, on few connections', () => openEmpty({ poolSize: 3 }));
});
