import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  MutationCreateCertificateSubjectMappingArgs,
  MutationDeleteCertificateSubjectMappingArgs,
  MutationUpdateCertificateSubjectMappingArgs,
  QueryCertificateSubjectMappingArgs,
  QueryCertificateSubjectMappingsArgs,
} from '../schema/types.generated.ts';
import { certificateSubjectMappings } from './records.ts';
import { inputFaults } from './input.ts';
import { createMapping, deleteMapping, listMappings, requireMapping, updateMapping } from './rules.ts';

export const certificateSubjectMapping: Concept = {
  resolvers: {
    Query: {
      certificateSubjectMapping: (_: unknown, { id }: QueryCertificateSubjectMappingArgs, { call }: DirectorContext) =>
        requireMapping(call, id),
      certificateSubjectMappings: (_: unknown, args: QueryCertificateSubjectMappingsArgs, { call }: DirectorContext) =>
        listMappings(call, args),
    },
    Mutation: {
      createCertificateSubjectMapping: (_: unknown, args: MutationCreateCertificateSubjectMappingArgs, ctx: DirectorContext) =>
        ctx.write((call) => createMapping(call, args.in)),
      updateCertificateSubjectMapping: (_: unknown, args: MutationUpdateCertificateSubjectMappingArgs, ctx: DirectorContext) =>
        ctx.write((call) => updateMapping(call, args.id, args.in)),
      deleteCertificateSubjectMapping: (_: unknown, { id }: MutationDeleteCertificateSubjectMappingArgs, ctx: DirectorContext) =>
        ctx.write((call) => deleteMapping(call, id)),
    },
  },
  validators: { CertificateSubjectMappingInput: inputFaults },
  collections: [certificateSubjectMappings],
};
