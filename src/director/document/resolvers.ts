import type { BundleRecord } from '../bundle/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  BundleDocumentArgs,
  BundleDocumentsArgs,
  MutationAddDocumentToBundleArgs,
  MutationDeleteDocumentArgs,
} from '../schema/types.generated.ts';
import { documentFaults } from './input.ts';
import { documents } from './records.ts';
import { addDocumentToBundle, deleteDocument, documentsOfBundle, findDocumentOfBundle } from './rules.ts';

export const document: Concept = {
  collections: [documents],
  validators: { DocumentInput: documentFaults },
  resolvers: {
    Mutation: {
      addDocumentToBundle: (_, args: MutationAddDocumentToBundleArgs, ctx) =>
        ctx.write((call) => addDocumentToBundle(call, args.bundleID, args.in)),
      deleteDocument: (_, args: MutationDeleteDocumentArgs, ctx) => ctx.write((call) => deleteDocument(call, args.id)),
    },
    Bundle: {
      document: (bundle: BundleRecord, args: BundleDocumentArgs, { call }: DirectorContext) =>
        findDocumentOfBundle(call, bundle.id, args.id),
      documents: (bundle: BundleRecord, args: BundleDocumentsArgs, { call }: DirectorContext) => documentsOfBundle(call, bundle.id, args),
    },
  },
};
