import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, createGunzip, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { type Example, examples } from "./examples.js";

/** The tokens that the ready tabs carry; null where nobody may have one without asking. */
export type TabTokens = Record<Example["as"], string> | null;

/** The page brings everything inside itself; it may ask nothing but this server. Its editor starts workers from blobs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "font-src data:",
  "img-src data:",
  "worker-src blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `/graphiql`, and the way to it from `/`. The page is rendered when somebody first asks for it, and then kept. */
export function serveGraphiql(app: FastifyInstance, tokens: TabTokens): void {
  let page: Promise<Page> | undefined;
  app.get("/", (_request, reply) => reply.redirect("/graphiql"));
  app.get("/graphiql", async (request, reply) => {
    const { brotli, gzipped, hash } = await (page ??= renderPage(tokens));
    const accepted = request.headers["accept-encoding"] ?? "";
    const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : "identity";
    const etag = `"${hash}-${encoding}"`;
    void reply.headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "cache-control": "private, no-cache",
      vary: "accept-encoding",
      etag,
    });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    if (encoding === "br") return reply.header("content-encoding", "br").send(brotli);
    if (encoding === "gzip") return reply.header("content-encoding", "gzip").send(gzipped);
    // So rare that nine megabytes are not kept for it.
    const plain = createGunzip();
    plain.end(gzipped);
    return reply.send(plain);
  });
}

interface Page {
  brotli: Buffer;
  gzipped: Buffer;
  hash: string;
}

async function renderPage(tokens: TabTokens): Promise<Page> {
  const html = await graphiqlHtml(tokens);
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: html.length } }),
    promisify(gzip)(html),
  ]);
  return { brotli, gzipped, hash: createHash("sha256").update(html).digest("base64url").slice(0, 16) };
}

async function graphiqlHtml(tokens: TabTokens): Promise<string> {
  // The package is one text of nine megabytes: it is read when the page is wanted, not at every start.
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const headers = (as: Example["as"]) => JSON.stringify({ Authorization: `Bearer ${tokens?.[as] ?? "<your token>"}` }, null, 2);
  const options = {
    endpoint: "/graphql",
    title: "Tonghop",
    headers: headers("analyst"),
    defaultTabs: examples.map((example) => ({
      query: example.document,
      variables: JSON.stringify(example.variables, null, 2),
      headers: headers(example.as),
    })),
    defaultEditorToolsVisibility: "variables",
    // A ready token may stay in the browser. Anybody else's does so only when its owner says so in GraphiQL's settings (null).
    shouldPersistHeaders: tokens === null ? null : true,
  };
  const html = renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]);
  return html.replace("<body", () => `${freshTabs(options)}\n    <body`);
}

/**
 * What GraphiQL needs to be told before it starts. It keeps its tabs in the browser: tabs of another demonstration carry
 * tokens that this one refuses, so they go. It takes the variables of the tab that it opens with from there only, whatever
 * its ready tabs say. And after the window was resized it shifts a tab as soon as it is pressed, so that the click misses
 * (github.com/motiondivision/motion/issues/3823): its tabs may not shift.
 */
function freshTabs(options: { defaultTabs: { variables: string }[] }): string {
  const mark = createHash("sha256").update(JSON.stringify(options)).digest("base64url").slice(0, 16);
  const variables = JSON.stringify(options.defaultTabs[0]?.variables ?? "");
  return `<script>
      if (localStorage.getItem("tonghop:tabs") !== "${mark}") {
        for (const key of Object.keys(localStorage)) if (key.startsWith("graphiql:")) localStorage.removeItem(key);
        localStorage.setItem("graphiql:variables", ${variables});
        localStorage.setItem("tonghop:tabs", "${mark}");
      }
    </script>
    <style>.graphiql-tab { transform: none !important; }</style>`;
}
