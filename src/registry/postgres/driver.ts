/** The PostgreSQL driver and the job queue; a module of its own so that the build can keep it out of what others load. */
import pg from 'pg';

export const { Client, Pool } = pg;
export type { ClientBase, PoolClient, QueryConfig, QueryResult } from 'pg';
export { Logger, run, type Runner, runMigrations } from 'graphile-worker';
