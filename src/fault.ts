/** What a driver or the system says about a failure; `sqlState` or `errno` above 0: a MySQL or MariaDB server said it. */
interface Failure {
  code?: string;
  errno?: number;
  message?: string;
  syscall?: string;
  path?: string;
  address?: string;
  hostname?: string;
  port?: number;
}

/** Servers say the same under several names, and the two systems give some numbers different names: these are told by their number. */
const DISK_FULL = [3, 20, 1021, 1114];
const NOT_FROM_HERE = [1129, 1130];
const NO_CONNECTION_FREE = [1040, 1203, 1226];
const READ_ONLY = [1290, 1792, 1836, 1874];
const DENIED = [1044, 1045, 1698, 3118, 4151, 1820, 1862, 3159, 4031];
const NO_DATABASE = [1049, 1102];
const MAY_TOO_LITTLE = [1142, 1143, 1227, 1370];
const WAITED_FOR_OTHERS = [1205, 1213];

const README = "README.md, “Database account”";

/** How many files and connections have to be allowed at a time, so that the hub can start and serve some hundred clients. */
const LEAST_OPEN_FILES = 512;

/** The failures that a start or a command can meet, and for each what to do; the first that fits is told. */
const SENTENCES: readonly [isIt: (failure: Failure) => boolean, sentence: (failure: Failure) => string][] = [
  [named(/^E[MN]FILE$/), () => tooFewOpenFiles(null)],
  [named(/^EADDRINUSE$/), ({ port }) => `Port ${port} is already in use; choose another one with PORT.`],
  [
    named(/^(EADDRNOTAVAIL|ENOTFOUND)$/),
    ({ address, hostname = "" }) => `There is no address ${address ?? hostname} to use; check HOST and DATABASE_URL.`,
  ],
  [
    ({ code, syscall }) => /^(EACCES|EPERM)$/.test(code ?? "") && syscall === "listen",
    (failure) => `Not allowed: ${failure.message}; check PORT (below 1024 is reserved).`,
  ],
  [
    named(/^ECONNREFUSED$/),
    () => "The database does not answer: the connection was refused; check DATABASE_URL and whether the server runs.",
  ],
  [
    named(/^(ETIMEDOUT|EHOST|ENET|EAI_AGAIN)/),
    said(
      "The database does not answer",
      "check host and port in DATABASE_URL, whether the server runs, and what lies between (names, firewall).",
    ),
  ],
  [
    named(/^(ECONNRESET|EPIPE|PROTOCOL_|HANDSHAKE_|AUTH_SWITCH_|ER_HANDSHAKE_ERROR|ER_NOT_SUPPORTED_AUTH_MODE)/),
    said(
      "The database and the hub do not come together",
      "DATABASE_URL has to lead to a MariaDB 10.11 or MySQL 8 server or later, without TLS, and its account to have a password (mysql_native_password, caching_sha2_password).",
    ),
  ],
  [
    numbered(DENIED),
    said(
      "The database refuses the account",
      "check user, password and database in DATABASE_URL, what is granted to the user, and that neither account nor server demands TLS.",
    ),
  ],
  [numbered(NO_DATABASE), said("The server has no such database", "create it, or check DATABASE_URL.")],
  [
    numbered(NOT_FROM_HERE),
    said("The database lets nobody in from this machine", `the account has to be made for its address: CREATE USER in ${README}.`),
  ],
  [numbered(NO_CONNECTION_FREE), said("The database has no connection free", "each hub needs 21; raise max_connections, or end others.")],
  [
    (failure) => numbered(MAY_TOO_LITTLE)(failure) && /^(CREATE|ALTER|INDEX|DROP|REFERENCES) command/.test(failure.message ?? ""),
    said(
      "The tables are not yet what this version needs, and this account may not change them",
      `run \`npx tonghop migrate\` as the owner, an account that may (${README}), then start again.`,
    ),
  ],
  [numbered(MAY_TOO_LITTLE), said("The database account may do too little", `${README}, lists what it has to be allowed.`)],
  [
    numbered(READ_ONLY),
    said("The database takes no changes", "it is read-only or a replica; DATABASE_URL has to lead to the server that is written to."),
  ],
  [
    numbered(WAITED_FOR_OTHERS),
    said("Something else holds the tables", "another hub may be starting, or a copy be made; start again when it is done."),
  ],
  [
    (failure) => numbered(DISK_FULL)(failure) || named(/^(SQLITE_FULL|ENOSPC|EDQUOT)$/)(failure),
    said("The disk is full", "make room, then do it again; nothing was left half done."),
  ],
  [
    named(/^SQLITE_(NOTADB|CORRUPT)/),
    said("The file of the embedded database is damaged, or is no database", "put a backup in its place: README.md, “Backup and restore”."),
  ],
  [
    named(/^SQLITE_(BUSY|LOCKED)/),
    said("Another program holds the embedded database", "end it (a program that looks into databases, a backup), then do it again."),
  ],
  [
    named(/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/),
    said(
      "The embedded database may not be read or written",
      "check the owner of TONGHOP_HOME and of the files in it, and that there are no folders in their place.",
    ),
  ],
  [
    named(/^SQLITE_IOERR/),
    said("The disk of the embedded database fails", "check the disk under TONGHOP_HOME; a copy is made by `npx tonghop backup`."),
  ],
  [
    ({ code = "", path }) => /^(EACCES|EPERM|EROFS)$/.test(code) && path !== undefined,
    ({ path }) => `${path} may not be read or written; check its owner and TONGHOP_HOME.`,
  ],
  [
    ({ code = "", path }) => /^(EEXIST|ENOTDIR|EISDIR|ENOENT|ELOOP|ENAMETOOLONG)$/.test(code) && path !== undefined,
    ({ path, message }) => `${path} is not what is expected there (${message}); check TONGHOP_HOME, which has to be a directory.`,
  ],
  [({ errno = 0 }) => errno > 0, said("The database failed", "see the log of the database server.")],
  [named(/^SQLITE_/), said("The embedded database failed", "check TONGHOP_HOME and its disk.")],
];

/** A sentence for people about something that went wrong while starting or in a command, and what to do; never a stack. */
export function sentenceOf(error: unknown): string {
  const failure = failureIn(error);
  const [, sentence] = SENTENCES.find(([isIt]) => isIt(failure)) ?? [];
  return sentence ? sentence(failure) : messageOf(error);
}

/**
 * Why the process cannot do its work, or null: with few open files it would end while its modules are read, some hundred of
 * them at once. Asked before they are imported. Node raises the soft limit to the hard one by itself.
 */
export function lackOfOpenFiles(): string | null {
  // The report would otherwise look up the names of all that the process is connected to.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files: { soft: number | "unlimited" } } };
  const limit = userLimits?.open_files.soft;
  return typeof limit === "number" && limit < LEAST_OPEN_FILES ? tooFewOpenFiles(limit) : null;
}

function tooFewOpenFiles(limit: number | null): string {
  const allowed = limit === null ? "Too many files and connections are open" : `Only ${limit} files and connections may be open at a time`;
  return `${allowed}; the hub needs ${LEAST_OPEN_FILES}, and one more for each client beyond some hundred. Raise the limit: \`ulimit -n\` in a shell, LimitNOFILE= of a service, --ulimit nofile= of a container.`;
}

/** What the driver said, inside of what TypeORM and the hub have made of it. */
function failureIn(error: unknown): Failure {
  const { driverError, cause, extensions } = (error ?? {}) as { driverError?: unknown; cause?: unknown; extensions?: unknown };
  const inner = driverError ?? (extensions && cause);
  return inner ? failureIn(inner) : ((error ?? {}) as Failure);
}

function named(code: RegExp) {
  return (failure: Failure): boolean => code.test(failure.code ?? "");
}

function numbered(numbers: readonly number[]) {
  return ({ errno = 0 }: Failure): boolean => numbers.includes(errno);
}

/** What happened, in the words of who said it, and what to do. */
function said(happened: string, remedy: string) {
  return (failure: Failure): string => `${happened}: ${messageOf(failure)}; ${remedy}`;
}

function messageOf(error: unknown): string {
  const { message, cause, name } = (error ?? {}) as Partial<Error>;
  if (message) return message;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : cause;
  return inner === undefined ? (name ?? String(error)) : messageOf(inner);
}
