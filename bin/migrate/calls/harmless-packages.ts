import * as fs from 'node:fs';
import { builtinModules } from 'node:module';
import * as path from 'node:path';

/** Modules that run code which the sources do not show. */
const RUN_CODE = /^(node:)?(child_process|vm|worker_threads|cluster|module|repl|wasi)$/;

/** Packages that call nothing on AWS, and that no client is given to other than to trace it. */
const HARMLESS = new Set(
  `@babel/runtime @hapi/boom @hapi/joi @middy/core @middy/do-not-wait-for-empty-event-loop
@middy/error-logger @middy/event-normalizer @middy/http-content-encoding @middy/http-content-negotiation
@middy/http-cors @middy/http-error-handler @middy/http-event-normalizer @middy/http-header-normalizer
@middy/http-json-body-parser @middy/http-multipart-body-parser @middy/http-partial-response
@middy/http-response-serializer @middy/http-router @middy/http-security-headers
@middy/http-urlencode-body-parser @middy/http-urlencode-path-parser @middy/input-output-logger
@middy/sqs-partial-batch-failure @middy/validator @middy/warmup @middy/ws-json-body-parser
@aws-lambda-powertools/batch @aws-lambda-powertools/commons @aws-lambda-powertools/logger
@aws-lambda-powertools/metrics @aws-lambda-powertools/tracer @sendgrid/mail @slack/web-api ajv ajv-errors
ajv-formats async aws-lambda aws-xray-sdk aws-xray-sdk-core axios axios-retry bcrypt bcryptjs bluebird
body-parser busboy chalk cheerio class-transformer class-validator cookie cookie-parser core-js cors crypto-js
csv-parse csv-parser csv-stringify date-fns date-fns-tz dayjs debug dotenv ejs email-validator express
fast-xml-parser form-data fp-ts got graphql graphql-tag handlebars hashids helmet hono http-errors
http-status-codes https-proxy-agent iconv-lite inversify io-ts ioredis joi jose js-yaml json5 jsonwebtoken
jszip jwks-rsa jwk-to-pem jwt-decode koa ksuid lambda-log lambda-multipart-parser lodash lodash.get
lodash.isempty luxon marked mime mime-types moment moment-timezone mongoose mustache mysql mysql2 nanoid
node-fetch papaparse pg pino qs query-string ramda redis reflect-metadata regenerator-runtime request
request-promise rxjs sanitize-html semver serverless-http sharp shortid slugify source-map-support statuses
stripe tslib tsyringe twilio ulid underscore uuid validator winston xml2js yup zod`.split(/\s+/),
);

const ABOUT_AWS = /aws|amazon|dynamo|\bs3\b/i;
const SCRIPT = /\.[cm]?[jt]sx?$/;
const MOST_FILES = 3000;

/** Why a package may call AWS; undefined if it does not. */
export function callsOfPackage(name: string, from: string): string | undefined {
  if (RUN_CODE.test(name)) {
    return `it uses ${name.replace('node:', '')}, which can run anything`;
  }
  const plain = packageName(name);
  if (name.startsWith('node:') || builtinModules.includes(name)) {
    return undefined;
  }
  if (ownName(from) === plain) {
    return `it imports its own package by the name ${plain}, whose files are not read`;
  }
  if (isHarmless(plain, from)) {
    return undefined;
  }
  const seen = new Set<string>();
  const files = { left: MOST_FILES };
  return mentionsAws(plain, from, seen, files)
    ? `it uses the package ${plain}, which may call AWS itself`
    : undefined;
}

/** Whether a name is that of a package which calls nothing, and not of a package of the project that has the same name. */
function isHarmless(name: string, from: string): boolean {
  const folder = HARMLESS.has(name) ? installedIn(name, from) : undefined;
  return (
    HARMLESS.has(name) && (folder === undefined || folder.split(path.sep).includes('node_modules'))
  );
}

/** The name of the package that the files of a folder belong to. */
function ownName(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (fs.existsSync(file)) {
      try {
        const { name } = JSON.parse(fs.readFileSync(file, 'utf8')) as { name?: unknown };
        return typeof name === 'string' ? name : undefined;
      } catch {
        return undefined;
      }
    }
    if (path.dirname(folder) === folder) {
      return undefined;
    }
  }
}

function packageName(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether an installed package, or one that it depends on, mentions AWS. One that is not installed may. */
function mentionsAws(
  name: string,
  from: string,
  seen: Set<string>,
  files: { left: number },
): boolean {
  const folder = installedIn(name, from);
  if (folder === undefined) {
    return true;
  }
  if (seen.has(folder)) {
    return false;
  }
  seen.add(folder);
  const text = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
  let manifest: { dependencies?: object; peerDependencies?: object; optionalDependencies?: object };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    return true;
  }
  const others = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  }).filter((one) => !isHarmless(one, folder));
  return (
    ABOUT_AWS.test(text) ||
    scriptsMention(folder, files) ||
    others.some((one) => mentionsAws(one, folder, seen, files))
  );
}

function installedIn(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(found, 'package.json'))) {
      return fs.realpathSync(found);
    }
    if (path.dirname(folder) === folder) {
      return undefined;
    }
  }
}

function scriptsMention(folder: string, files: { left: number }): boolean {
  return fs.readdirSync(folder, { withFileTypes: true }).some((one) => {
    const file = path.join(folder, one.name);
    if (one.isDirectory()) {
      return one.name !== 'node_modules' && scriptsMention(file, files);
    }
    if (!SCRIPT.test(one.name)) {
      return /\.(node|wasm)$/.test(one.name);
    }
    files.left -= 1;
    return files.left < 0 || ABOUT_AWS.test(fs.readFileSync(file, 'utf8'));
  });
}
