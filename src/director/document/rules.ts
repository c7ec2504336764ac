/** Documents of bundles (`reference: facts/bundles.md 6`). Their fetch requests are kept, never carried out. */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import { lookUp, requireChangeable, requireParentApplication, seenToChange } from '../bundle/access.ts';
import { listed } from '../bundle/lists.ts';
import { bundles } from '../bundle/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { invalidData } from '../errors.ts';
import type { Page, PageArguments } from '../page.ts';
import type { DocumentInput } from '../schema/types.generated.ts';
import { contentFrom, fetchRequestFromInput } from '../spec/rules.ts';
import { givenText } from '../texts/text-rules.ts';
import { type DocumentRecord, documents } from './records.ts';

const KIND = 'document';

/** A new document, not stored yet. @throws InvalidData for serialized texts of an auth that can not be read */
export function newDocument(call: Call, applicationID: string, bundleID: string, input: DocumentInput): DocumentRecord {
  return {
    id: call.newId(),
    applicationID,
    bundleID,
    title: input.title,
    displayName: input.displayName,
    description: input.description,
    format: input.format,
    kind: givenText(input.kind),
    data: contentFrom(input.data),
    fetchRequest: input.fetchRequest ? fetchRequestFromInput(call, input.fetchRequest) : undefined,
    createdAt: call.now(),
  };
}

/** @throws InvalidData for a bundle that the caller does not see or knows as a neighbour's; Unauthorized where the application is not the caller's to change */
export async function addDocumentToBundle(call: WriteCall, bundleID: string, input: DocumentInput): Promise<DocumentRecord> {
  const draft = newDocument(call, '', bundleID, input);
  const bundle = await seenToChange(call, call.tx.get(bundles, bundleID));
  if (!bundle) throw invalidData('cannot add Document to not existing Bundle');
  await requireParentApplication(call, bundle.applicationID, KIND);
  const document = { ...draft, applicationID: bundle.applicationID };
  await call.tx.put(documents, document);
  return document;
}

/** The deleted document, without its fetch request: that is read when it is gone. */
export async function deleteDocument(call: WriteCall, id: string): Promise<DocumentRecord> {
  const document = await requireChangeable(call, call.tx.get(documents, id), KIND);
  await call.tx.delete(documents, id);
  return { ...document, fetchRequest: undefined };
}

/** The document, where it is in that bundle. @throws NotFound for a text that is no id, TenantRequired */
export function findDocumentOfBundle(call: Call, bundleID: string, id: string): Awaitable<DocumentRecord | undefined> {
  return andThen(lookUp(call, documents, id, KIND), (document) => (document?.bundleID === bundleID ? document : undefined));
}

/** @throws InvalidData for a bad page */
export function documentsOfBundle(call: Call, bundleID: string, args: PageArguments): Awaitable<Page<DocumentRecord>> {
  return listed(call, documents, 'bundle', bundleID, args);
}
