import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { ports, ships } from './records.ts';
import { registryContract } from './suite.ts';

registryContract('memory', async () => openMemoryRegistry({ collections: [ships, ports] }));
registryContract('memory, collections declared on first use', async () => openMemoryRegistry());
