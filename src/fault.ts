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
