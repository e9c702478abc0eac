import { PackageCase } from '../package-case';

/** Clients of services, which a server at `ENDPOINT` answers, and what observes functions. */
export const CLIENTS: readonly PackageCase[] = [
  {
    packages: ['pino'],
    does: 'logs a line',
    code: `
      import { Writable } from 'node:stream';
      import pino from 'pino';
      export const handler = async () => {
        const lines = [];
        pino({ base: undefined }, new Writable({ write: (line, _, done) => { lines.push(JSON.parse(line)); done(); } })).info('hi');
        return lines[0].msg;
      };`,
    returns: 'hi',
  },
  {
    packages: ['pino'],
    does: 'logs a line through a transport in a worker',
    code: `
      import { readFileSync } from 'node:fs';
      import pino from 'pino';
      export const handler = async () => {
        const destination = '/tmp/pino-' + process.pid + '.log';
        const transport = pino.transport({ target: 'pino/file', options: { destination } });
        const log = pino(transport);
        log.info('hi');
        await new Promise((done) => transport.on('ready', done));
        await new Promise((done) => { transport.on('close', done); transport.end(); });
        return JSON.parse(readFileSync(destination, 'utf8')).msg;
      };`,
    returns: 'hi',
  },
  {
    packages: ['winston'],
    does: 'logs a line',
    code: `
      import { Writable } from 'node:stream';
      import winston from 'winston';
      export const handler = async () => {
        const lines = [];
        const stream = new Writable({ write: (line, _, done) => { lines.push(JSON.parse(line)); done(); } });
        winston.createLogger({ transports: [new winston.transports.Stream({ stream })] }).info('hi');
        await new Promise((done) => setTimeout(done, 20));
        return lines[0].message;
      };`,
    returns: 'hi',
  },
  {
    packages: ['@aws-lambda-powertools/logger'],
    does: 'creates a logger',
    code: `
      import { Logger } from '@aws-lambda-powertools/logger';
      const logger = new Logger({ serviceName: 'a', logLevel: 'SILENT' });
      export const handler = async () => { logger.info('hi'); return logger.getLevelName(); };`,
    returns: 'SILENT',
  },
  {
    packages: ['@opentelemetry/sdk-trace-node', '@opentelemetry/api'],
    does: 'records a span',
    code: `
      import { trace } from '@opentelemetry/api';
      import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
      const exporter = new InMemorySpanExporter();
      new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
      export const handler = async () => {
        trace.getTracer('a').startSpan('hi').end();
        await new Promise((done) => setTimeout(done, 20));
        return exporter.getFinishedSpans().map((it) => it.name);
      };`,
    returns: ['hi'],
  },
  {
    packages: ['@sentry/node'],
    does: 'reports an error',
    code: `
      import * as Sentry from '@sentry/node';
      const events = [];
      Sentry.init({ dsn: 'http://a@127.0.0.1:9/1', beforeSend: (event) => { events.push(event.message); return null; } });
      export const handler = async () => {
        Sentry.captureMessage('hi');
        await new Promise((done) => setTimeout(done, 100));
        return events;
      };`,
    returns: ['hi'],
  },
  {
    packages: ['@aws-sdk/client-s3'],
    does: 'lists the buckets of an endpoint',
    code: `
      import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
      const s3 = new S3Client({ endpoint: process.env.ENDPOINT, forcePathStyle: true });
      export const handler = async () => (await s3.send(new ListBucketsCommand({}))).Buckets[0].Name;`,
    returns: 'files',
  },
  {
    packages: ['aws-sdk'],
    does: 'lists the buckets of an endpoint (SDK v2)',
    code: `
      import AWS from 'aws-sdk';
      const s3 = new AWS.S3({ endpoint: process.env.ENDPOINT, s3ForcePathStyle: true });
      export const handler = async () => (await s3.listBuckets().promise()).Buckets[0].Name;`,
    returns: 'files',
  },
  {
    packages: ['stripe'],
    does: 'creates a customer at an endpoint',
    code: `
      import Stripe from 'stripe';
      const { hostname, port } = new URL(process.env.ENDPOINT);
      const stripe = new Stripe('sk_test_a', { host: hostname, port, protocol: 'http', telemetry: false });
      export const handler = async () => (await stripe.customers.create({ name: 'Ada' })).id;`,
    returns: 'cus_1',
  },
  {
    packages: ['openai'],
    does: 'calls an endpoint',
    code: `
      import OpenAI from 'openai';
      const client = new OpenAI({ apiKey: 'a', baseURL: process.env.ENDPOINT + '/v1' });
      export const handler = async () =>
        (await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'hi' }] })).choices[0].message.content;`,
    returns: 'hello',
  },
  {
    packages: ['@slack/web-api'],
    does: 'posts a message to an endpoint',
    code: `
      import { WebClient } from '@slack/web-api';
      const client = new WebClient('a', { slackApiUrl: process.env.ENDPOINT + '/api/' });
      export const handler = async () => (await client.chat.postMessage({ channel: 'c', text: 'hi' })).ts;`,
    returns: '1',
  },
  {
    packages: ['twilio'],
    does: 'creates a token',
    code: `
      import twilio from 'twilio';
      export const handler = async () => new twilio.jwt.AccessToken('AC1', 'SK1', 'secret', { identity: 'a' }).toJwt().split('.').length;`,
    returns: 3,
  },
  {
    packages: ['nodemailer'],
    does: 'composes an email',
    code: `
      import nodemailer from 'nodemailer';
      const transport = nodemailer.createTransport({ jsonTransport: true });
      export const handler = async () => JSON.parse((await transport.sendMail({ from: 'a@b.c', to: 'd@e.f', subject: 'hi', text: 'hi' })).message).subject;`,
    returns: 'hi',
  },
  {
    packages: ['axios'],
    does: 'calls an endpoint',
    code: `
      import axios from 'axios';
      export const handler = async () => (await axios.get(process.env.ENDPOINT + '/hello')).data.hello;`,
    returns: 'Ada',
  },
  {
    packages: ['got'],
    does: 'calls an endpoint',
    code: `
      import got from 'got';
      export const handler = async () => (await got(process.env.ENDPOINT + '/hello').json()).hello;`,
    returns: 'Ada',
  },
  {
    packages: ['undici'],
    does: 'calls an endpoint',
    code: `
      import { request } from 'undici';
      export const handler = async () => (await (await request(process.env.ENDPOINT + '/hello')).body.json()).hello;`,
    returns: 'Ada',
  },
  {
    packages: ['@google-cloud/storage'],
    does: 'reads a bucket of an endpoint',
    code: `
      import { Storage } from '@google-cloud/storage';
      const storage = new Storage({ apiEndpoint: process.env.ENDPOINT, projectId: 'p' });
      export const handler = async () => (await storage.bucket('files').getMetadata())[0].name;`,
    returns: 'files',
  },
  {
    packages: ['rxjs'],
    does: 'runs an observable',
    code: `
      import { lastValueFrom, map, of } from 'rxjs';
      export const handler = async () => lastValueFrom(of(41).pipe(map((it) => it + 1)));`,
    returns: 42,
  },
];
