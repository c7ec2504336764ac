/**
 * Stands for the package `graphql` in the command line's bundle. Our documents are strings and never parsed here, so that
 * neither parser nor printer is loaded; reaching one of these is a fault of ours.
 */
function absent(): never {
  throw new Error('the command line sends documents as strings: nothing may parse or print them');
}

export const parse = absent;
export const print = absent;
export const Kind = { OPERATION_DEFINITION: 'OperationDefinition' };
