/** Addresses of databases, as people may see them: without passwords. */

const DATABASE = /^postgres(?:ql)?:\/\//i;

/** Whether a place of a registry is a PostgreSQL database rather than a folder. */
export const isDatabase = (place: string) => DATABASE.test(place);

/** The address for logs and errors: user, host and database alone. Folders stay as they are. */
export function shownPlace(place: string): string {
  if (!isDatabase(place)) return place;
  let url: URL;
  try {
    url = new URL(place);
  } catch {
    return 'postgres://…';
  }
  const user = url.username || url.searchParams.get('user');
  const host = url.host || url.searchParams.get('host') || 'localhost';
  return `postgres://${user ? `${user}@` : ''}${host}${url.pathname === '/' ? '' : url.pathname}`;
}
