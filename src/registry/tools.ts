/** What `compass registry …` does, without the command line: each takes registries or folders and a progress callback. */
export { allCommits } from './tools/audit.ts';
export { type Checked, checkFolder, type Finding } from './tools/check.ts';
export { type CopyOptions, copyRegistry, type Existing } from './tools/copy.ts';
export { backupRegistry, type Compacted, compactFolder, restoreRegistry, type RestoreOptions } from './tools/folder.ts';
export { backup, checkRegistry, compactRegistry, type Place, restore, withRegistry } from './tools/place.ts';
export { type Content, type Inventory, inventoryOf, type Progress, type ToolOptions } from './tools/inventory.ts';
export { RegistryRefusal } from './tools/refusal.ts';
export { exportRegistry, type ExportOptions, importRegistry } from './tools/portable.ts';
