/** What input templates of each join point may name. */
export function emptyDetails(_targetOperation: string): unknown {
  return {};
}
