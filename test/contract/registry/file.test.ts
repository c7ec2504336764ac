import { newFolder, openIn } from './folder.ts';
import { registryContract } from './suite.ts';

registryContract('file', async () => openIn(await newFolder()));
registryContract('file, folding all the time', async () => openIn(await newFolder(), { foldBytes: 1 }));
registryContract('file, fast', async () => openIn(await newFolder(), { durability: 'fast' }));
