import { PackageCase } from '../package-case';

/** Starts a server, and asks it. */
const ASK = `
  const ask = async (server) => {
    await new Promise((done) => server.on('listening', done));
    const response = await fetch('http://127.0.0.1:' + server.address().port + '/hello');
    const text = await response.text();
    server.close();
    return text;
  };`;

export const WEB: readonly PackageCase[] = [
  {
    packages: ['express'],
    does: 'answers a request',
    code: `
      import express from 'express';
      ${ASK}
      const app = express();
      app.get('/hello', (_, response) => response.json({ hello: 'Ada' }));
      export const handler = async () => ask(app.listen(0));`,
    returns: '{"hello":"Ada"}',
  },
  {
    packages: ['errorhandler', 'express'],
    does: 'returns an error page',
    code: `
      import express from 'express';
      import errorhandler from 'errorhandler';
      const app = express();
      app.get('/hello', () => { throw new Error('no'); });
      app.use(errorhandler({ log: false }));
      export const handler = async () => {
        const server = app.listen(0);
        await new Promise((done) => server.on('listening', done));
        const response = await fetch('http://127.0.0.1:' + server.address().port + '/hello', { headers: { accept: 'text/html' } });
        const text = await response.text();
        server.close();
        return text.includes('<style>') && text.includes('Error: no');
      };`,
    returns: true,
  },
  {
    packages: ['fastify', '@fastify/aws-lambda'],
    does: 'handles an API event',
    code: `
      import Fastify from 'fastify';
      import awsLambdaFastify from '@fastify/aws-lambda';
      const app = Fastify();
      app.get('/hello', async () => ({ hello: 'Ada' }));
      const proxy = awsLambdaFastify(app);
      export const handler = async () => {
        const answer = await proxy({ version: '2.0', rawPath: '/hello', headers: {}, requestContext: { http: { method: 'GET', path: '/hello' } } }, {});
        return answer.body;
      };`,
    returns: '{"hello":"Ada"}',
  },
  {
    packages: ['koa'],
    does: 'answers a request',
    code: `
      import Koa from 'koa';
      ${ASK}
      const app = new Koa();
      app.use((context) => { context.body = 'hello'; });
      export const handler = async () => ask(app.listen(0));`,
    returns: 'hello',
  },
  {
    packages: ['hono'],
    does: 'handles an API event',
    code: `
      import { Hono } from 'hono';
      import { handle } from 'hono/aws-lambda';
      const app = new Hono();
      app.get('/hello', (c) => c.text('hello'));
      const answer = handle(app);
      export const handler = async () =>
        (await answer({ version: '2.0', rawPath: '/hello', rawQueryString: '', headers: { host: 'a' }, requestContext: { domainName: 'a', http: { method: 'GET', path: '/hello' } } })).body;`,
    returns: 'hello',
  },
  {
    packages: [
      '@nestjs/core',
      '@nestjs/common',
      '@nestjs/platform-express',
      'reflect-metadata',
      'rxjs',
    ],
    does: 'answers a request, with decorators',
    code: `
      import 'reflect-metadata';
      import { Controller, Get, Module } from '@nestjs/common';
      import { NestFactory } from '@nestjs/core';
      @Controller()
      class Hello { @Get('hello') get() { return 'hello'; } }
      @Module({ controllers: [Hello] })
      class AppModule {}
      export const handler = async () => {
        const app = await NestFactory.create(AppModule, { logger: false });
        await app.listen(0);
        const text = await (await fetch((await app.getUrl()).replace('[::1]', 'localhost') + '/hello')).text();
        await app.close();
        return text;
      };`,
    returns: 'hello',
    tsconfig: { compilerOptions: { experimentalDecorators: true } },
  },
  {
    packages: ['@middy/core'],
    does: 'runs a middleware',
    code: `
      import middy from '@middy/core';
      export const handler = middy()
        .use({ after: (request) => { request.response += '!'; } })
        .handler(async () => 'hello');`,
    returns: 'hello!',
  },
  {
    packages: ['@trpc/server'],
    does: 'calls a procedure',
    code: `
      import { initTRPC } from '@trpc/server';
      const t = initTRPC.create();
      const router = t.router({ hello: t.procedure.query(() => 'hello') });
      export const handler = async () => router.createCaller({}).hello();`,
    returns: 'hello',
  },
  {
    packages: ['graphql-yoga', 'graphql'],
    does: 'answers a GraphQL query',
    code: `
      import { createSchema, createYoga } from 'graphql-yoga';
      const yoga = createYoga({ logging: false, schema: createSchema({ typeDefs: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'Ada' } } }) });
      export const handler = async () =>
        (await (await yoga.fetch('http://a/graphql?query={hello}', { headers: { accept: 'application/json' } })).json()).data.hello;`,
    returns: 'Ada',
  },
  {
    packages: ['swagger-ui-express', 'express'],
    does: 'serves the documentation page of an API',
    code: `
      import express from 'express';
      import swagger from 'swagger-ui-express';
      const app = express();
      app.use('/docs', swagger.serve, swagger.setup({ openapi: '3.0.0', paths: {}, info: { title: 'a', version: '1' } }));
      export const handler = async () => {
        const server = app.listen(0);
        await new Promise((done) => server.on('listening', done));
        const at = 'http://127.0.0.1:' + server.address().port + '/docs/';
        const texts = [];
        for (const path of ['', 'swagger-ui.css']) texts.push(await (await fetch(at + path)).text());
        server.close();
        return [texts[0].includes('<title>'), texts[1].startsWith('.swagger-ui')];
      };`,
    returns: [true, true],
  },
];
