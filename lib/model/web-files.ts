/**
 * The content types of web files by their extension. Text is UTF-8.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/MIME_types/Common_types
 */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  apng: 'image/apng',
  avif: 'image/avif',
  bmp: 'image/bmp',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  eot: 'application/vnd.ms-fontobject',
  flac: 'audio/flac',
  gif: 'image/gif',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  gz: 'application/gzip',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/vnd.microsoft.icon',
  ics: 'text/calendar; charset=utf-8',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  jsonld: 'application/ld+json',
  map: 'application/json',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/ogg',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  rss: 'application/rss+xml',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ttf: 'font/ttf',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xhtml: 'application/xhtml+xml',
  xml: 'text/xml; charset=utf-8',
  zip: 'application/zip',
};

/** The extensions of web files, without a dot. */
export const WEB_EXTENSIONS: readonly string[] = Object.keys(CONTENT_TYPES);

const UNKNOWN_TYPE = 'application/octet-stream';

/** A name with a hash before its extension, which `.map` or `.chunk` may precede: `index-BX3k9aZ1.js`, `main.8f3a2b1c.chunk.js`. */
const HASHED = /[.-](?<hash>[A-Za-z0-9_-]{8}|[0-9a-f]{8,64}|[A-Z0-9]{8,32})(?:\.[a-z0-9]+){1,2}$/;

const YEAR_SECONDS = 31_536_000;

/** How long browsers and CloudFront may keep a file. */
export const CACHE_CONTROL = {
  /** The name changes with the content. */
  hashed: `public, max-age=${YEAR_SECONDS}, immutable`,
  /** A page, which refers to the hashed files: browsers and CloudFront always check whether it has changed. */
  page: 'no-cache',
  /** Anything else: browsers check whether it has changed, and CloudFront keeps the file until an upload invalidates it. */
  other: `public, max-age=0, s-maxage=${YEAR_SECONDS}, must-revalidate`,
} as const;

/** How a file is cached. */
export type CacheClass = keyof typeof CACHE_CONTROL;

/** `html` of `docs/index.html`; undefined if there is none. */
export function extensionOf(key: string): string | undefined {
  return /[^/]\.([A-Za-z0-9]+)$/.exec(key)?.[1]?.toLowerCase();
}

export function contentTypeOf(key: string): string {
  const extension = extensionOf(key) ?? '';
  return Object.hasOwn(CONTENT_TYPES, extension)
    ? (CONTENT_TYPES[extension] ?? UNKNOWN_TYPE)
    : UNKNOWN_TYPE;
}

/**
 * How a file is cached.
 *
 * @param immutable the folders whose files never change under the same name, such as `assets/`; undefined: those with a hash in their name
 */
export function cacheClassOf(key: string, immutable?: readonly string[]): CacheClass {
  if (/^x?html?$/.test(extensionOf(key) ?? '')) {
    return 'page';
  }
  const hashed =
    immutable === undefined ? isHashed(key) : immutable.some((prefix) => key.startsWith(prefix));
  return hashed ? 'hashed' : 'other';
}

/**
 * Whether the name of a file contains a hash of its content. In doubt it does not: a file that is kept for a year by mistake stays wrong
 * in browsers. So a word (`jquery-bootstrap.js`), a name (`x-MyWidget.js`) and a date (`report-20240101.pdf`) are not hashes.
 */
export function isHashed(key: string): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const hash = HASHED.exec(name)?.groups?.['hash'] ?? '';
  const [digit, lower, upper] = [/[0-9]/, /[a-z]/, /[A-Z]/].map((kind) => kind.test(hash));
  const isHex = /^[0-9a-f]+$/.test(hash);
  return digit === true && (isHex ? lower === true : upper === true);
}

/** The page at the root of a site. */
export const INDEX_PAGE = 'index.html';

/** Whether a file belongs to a site. Those that operating systems leave in folders do not. */
export function isWebFile(key: string): boolean {
  return !/(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(key);
}
