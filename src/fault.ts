/** A sentence for people about something that went wrong while starting or in a command; never a stack. */
export function sentenceOf(error: unknown): string {
  const { code, address, port, path } = (error ?? {}) as { code?: string; address?: string; port?: number; path?: string };
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is already in use; choose another one with PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `There is no address ${address ?? (error as { hostname?: string }).hostname ?? ""} to use; check HOST and DATABASE_URL.`;
    case "ECONNREFUSED":
      return "The database does not answer: the connection was refused; check DATABASE_URL and whether the server runs.";
    case "ER_ACCESS_DENIED_ERROR":
    case "ER_DBACCESS_DENIED_ERROR":
      return `The database refuses the account: ${messageOf(error)}; check user, password and database in DATABASE_URL, and what is granted to the user.`;
    case "ER_BAD_DB_ERROR":
      return `The server has no such database: ${messageOf(error)}; create it, or check DATABASE_URL.`;
    case "ER_TABLEACCESS_DENIED_ERROR":
      return `The database account may do too little: ${messageOf(error)}. README.md lists what it has to be allowed.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return path
        ? `${path} may not be read or written; check its owner and TONGHOP_HOME.`
        : `Not allowed: ${messageOf(error)}; check PORT (below 1024 is reserved).`;
    default:
      return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return error.message || (inner === undefined ? error.name : messageOf(inner));
}
