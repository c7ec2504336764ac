/** Certificate subject mappings (`reference: facts/security.md 8`). */
import type { ReadTx } from '../../registry/contract.ts';
import type { Call, WriteCall } from '../call.ts';
import { notFound, notUnique } from '../errors.ts';
import { type Page, type PageArguments, pageBounds, pageOf } from '../page.ts';
import type { CertificateSubjectMappingInput } from '../schema/types.generated.ts';
import { type CertificateSubjectMappingRecord, certificateSubjectMappings } from './records.ts';
import { comparedSubject, orderedSubject } from './subject.ts';

const OBJECT = 'certSubjectMapping';
const LARGEST_PAGE = 300;

/** @throws NotFound */
export async function requireMapping(call: Call, id: string): Promise<CertificateSubjectMappingRecord> {
  const record = await call.tx.get(certificateSubjectMappings, id);
  if (!record) throw notFound(OBJECT);
  return record;
}

/** Those of the installation: mappings belong to no tenant. @throws InvalidData for a bad page */
export async function listMappings(call: Call, args: PageArguments): Promise<Page<CertificateSubjectMappingRecord>> {
  const bounds = pageBounds(args, LARGEST_PAGE);
  return pageOf(await call.tx.page(certificateSubjectMappings, { all: [{ index: 'all', anyOf: ['all'] }], ...bounds }), args, bounds);
}

const contentOf = (input: CertificateSubjectMappingInput) => ({
  subject: orderedSubject(input.subject),
  consumerType: input.consumerType,
  internalConsumerID: input.internalConsumerID ?? undefined,
  tenantAccessLevels: input.tenantAccessLevels,
});

async function putMapping(call: WriteCall, record: CertificateSubjectMappingRecord): Promise<CertificateSubjectMappingRecord> {
  const taken = await call.tx.find(certificateSubjectMappings, 'subject', record.subject);
  if (taken.some((other) => other.id !== record.id)) throw notUnique(OBJECT);
  await call.tx.put(certificateSubjectMappings, record);
  return record;
}

/** @throws NotUnique where the subject, in whatever order, is mapped already */
export const createMapping = (call: WriteCall, input: CertificateSubjectMappingInput): Promise<CertificateSubjectMappingRecord> =>
  putMapping(call, { id: call.newId(), ...contentOf(input), createdAt: call.now() });

/** @throws NotFound with the id, NotUnique */
export async function updateMapping(
  call: WriteCall,
  id: string,
  input: CertificateSubjectMappingInput,
): Promise<CertificateSubjectMappingRecord> {
  const record = await call.tx.get(certificateSubjectMappings, id);
  if (!record) throw notFound(OBJECT, id);
  return putMapping(call, { id, ...contentOf(input), createdAt: record.createdAt, updatedAt: call.now() });
}

/** Answers the last state. @throws NotFound */
export async function deleteMapping(call: WriteCall, id: string): Promise<CertificateSubjectMappingRecord> {
  const record = await requireMapping(call, id);
  await call.tx.delete(certificateSubjectMappings, id);
  return record;
}

/** Mappings for certificates with this subject, its parts in any order: what the Gateway asks. */
export const mappingsForSubject = async (tx: ReadTx, subject: string): Promise<readonly CertificateSubjectMappingRecord[]> =>
  tx.find(certificateSubjectMappings, 'compared', comparedSubject(subject));
