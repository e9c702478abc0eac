import { PackageCase } from '../package-case';

/** Cryptography, WebAssembly, validation, dates, workers. */
export const CODE: readonly PackageCase[] = [
  {
    packages: ['bcryptjs'],
    does: 'checks a password',
    code: `
      import bcrypt from 'bcryptjs';
      export const handler = async () => bcrypt.compare('a', await bcrypt.hash('a', 4));`,
    returns: true,
  },
  {
    packages: ['@node-rs/bcrypt'],
    does: 'checks a password',
    code: `
      import { hash, verify } from '@node-rs/bcrypt';
      export const handler = async () => verify('a', await hash('a', { cost: 4 }));`,
    returns: true,
  },
  {
    packages: ['argon2'],
    does: 'checks a password',
    code: `
      import argon2 from 'argon2';
      export const handler = async () => argon2.verify(await argon2.hash('a', { timeCost: 2, memoryCost: 1024 }), 'a');`,
    returns: true,
  },
  {
    packages: ['sodium-native'],
    does: 'hashes a text',
    code: `
      import sodium from 'sodium-native';
      export const handler = async () => {
        const output = Buffer.alloc(sodium.crypto_generichash_BYTES);
        sodium.crypto_generichash(output, Buffer.from('a'));
        return output.length;
      };`,
    returns: 32,
  },
  {
    packages: ['jsonwebtoken'],
    does: 'signs and checks a token',
    code: `
      import jwt from 'jsonwebtoken';
      export const handler = async () => jwt.verify(jwt.sign({ name: 'Ada' }, 'a'.repeat(32)), 'a'.repeat(32)).name;`,
    returns: 'Ada',
  },
  {
    packages: ['jose'],
    does: 'signs and checks a token',
    code: `
      import { jwtVerify, SignJWT } from 'jose';
      const key = new TextEncoder().encode('a'.repeat(32));
      export const handler = async () =>
        (await jwtVerify(await new SignJWT({ name: 'Ada' }).setProtectedHeader({ alg: 'HS256' }).sign(key), key)).payload.name;`,
    returns: 'Ada',
  },
  {
    packages: ['tiktoken'],
    does: 'counts tokens with WebAssembly',
    code: `
      import { get_encoding } from 'tiktoken';
      export const handler = async () => get_encoding('cl100k_base').encode('hello world').length;`,
    returns: 2,
  },
  {
    packages: ['geoip-lite'],
    does: 'looks up an IP address',
    code: `
      import geoip from 'geoip-lite';
      export const handler = async () => geoip.lookup('8.8.8.8').country;`,
    returns: 'US',
  },
  {
    packages: ['piscina'],
    does: 'runs code in a worker',
    code: `
      import { writeFileSync } from 'node:fs';
      import Piscina from 'piscina';
      export const handler = async () => {
        const filename = '/tmp/worker-' + process.pid + '.mjs';
        writeFileSync(filename, 'export default (a) => a + 1');
        const pool = new Piscina({ filename, maxThreads: 1 });
        const answer = await pool.run(41);
        await pool.destroy();
        return answer;
      };`,
    returns: 42,
  },
  {
    packages: ['zod'],
    does: 'validates a value',
    code: `
      import { z } from 'zod';
      export const handler = async () => z.object({ a: z.email() }).safeParse({ a: 'no' }).success;`,
    returns: false,
  },
  {
    packages: ['ajv', 'ajv-formats'],
    does: 'validates a value',
    code: `
      import Ajv from 'ajv';
      import addFormats from 'ajv-formats';
      const ajv = new Ajv();
      addFormats(ajv);
      const validate = ajv.compile({ type: 'string', format: 'email' });
      export const handler = async () => [validate('a@b.c'), validate('no')];`,
    returns: [true, false],
  },
  {
    packages: ['joi'],
    does: 'validates a value',
    code: `
      import Joi from 'joi';
      export const handler = async () => Joi.object({ a: Joi.number() }).validate({ a: 'x' }).error.message;`,
    returns: '"a" must be a number',
  },
  {
    packages: ['yup'],
    does: 'validates a value',
    code: `
      import * as yup from 'yup';
      export const handler = async () => yup.object({ a: yup.number() }).isValid({ a: 1 });`,
    returns: true,
  },
  {
    packages: ['class-validator', 'class-transformer', 'reflect-metadata'],
    does: 'validates a class, with decorators',
    code: `
      import 'reflect-metadata';
      import { plainToInstance } from 'class-transformer';
      import { IsEmail, validate } from 'class-validator';
      class Person { @IsEmail() email; }
      export const handler = async () => (await validate(plainToInstance(Person, { email: 'no' }))).length;`,
    returns: 1,
    tsconfig: { compilerOptions: { experimentalDecorators: true } },
  },
  {
    packages: ['moment-timezone'],
    does: 'formats a time in another time zone',
    code: `
      import moment from 'moment-timezone';
      export const handler = async () => moment.tz('2026-01-01T12:00:00Z', 'Asia/Tokyo').format('HH:mm');`,
    returns: '21:00',
  },
  {
    packages: ['luxon'],
    does: 'formats a time in another time zone',
    code: `
      import { DateTime } from 'luxon';
      export const handler = async () => DateTime.fromISO('2026-01-01T12:00:00Z', { zone: 'Asia/Tokyo' }).toFormat('HH:mm');`,
    returns: '21:00',
  },
  {
    packages: ['lodash'],
    does: 'groups a list',
    code: `
      import _ from 'lodash';
      export const handler = async () => _.groupBy([1, 2, 3], (it) => it % 2);`,
    returns: { 0: [2], 1: [1, 3] },
  },
  {
    packages: ['protobufjs'],
    does: 'encodes and decodes a message',
    code: `
      import protobuf from 'protobufjs';
      export const handler = async () => {
        const { root } = protobuf.parse('syntax = "proto3"; message A { string b = 1; }');
        const A = root.lookupType('A');
        return A.decode(A.encode({ b: 'hi' }).finish()).b;
      };`,
    returns: 'hi',
  },
  {
    packages: ['@grpc/grpc-js', '@grpc/proto-loader'],
    does: 'calls a server',
    code: `
      import { writeFileSync } from 'node:fs';
      import * as grpc from '@grpc/grpc-js';
      import * as loader from '@grpc/proto-loader';
      export const handler = async () => {
        writeFileSync('/tmp/hello.proto', 'syntax = "proto3"; package p; message M { string text = 1; } service Hello { rpc Say (M) returns (M); }');
        const { p } = grpc.loadPackageDefinition(loader.loadSync('/tmp/hello.proto'));
        const server = new grpc.Server();
        server.addService(p.Hello.service, { Say: (call, done) => done(null, { text: 'hi ' + call.request.text }) });
        const port = await new Promise((done) => server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_, it) => done(it)));
        const client = new p.Hello('127.0.0.1:' + port, grpc.credentials.createInsecure());
        const answer = await new Promise((done, fail) => client.Say({ text: 'Ada' }, (error, it) => (error ? fail(error) : done(it))));
        client.close();
        server.forceShutdown();
        return answer.text;
      };`,
    returns: 'hi Ada',
  },
];
