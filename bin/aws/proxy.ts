import { Agent, AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import * as http from 'node:http';
import * as https from 'node:https';
import { getProxyForUrl } from 'proxy-from-env';

/** Proxy settings for the AWS SDK, which ignores the environment. */
export interface ProxyAgents {
  readonly httpAgent?: http.Agent;
  readonly httpsAgent?: https.Agent;
}

const MOST_SOCKETS = 50; // as in the SDK's own agent
const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'];

/** Agents that look up the proxy for each host; none if the environment names no proxy. */
export function proxyAgents(env: NodeJS.ProcessEnv = process.env): ProxyAgents {
  const isSet = VARIABLES.some((name) =>
    [name, name.toUpperCase()].some((key) => (env[key] ?? '') !== ''),
  );
  if (!isSet) {
    return {};
  }
  const agent = new EnvironmentAgent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  return { httpAgent: agent, httpsAgent: agent };
}

class EnvironmentAgent extends Agent {
  connect(_request: http.ClientRequest, options: AgentConnectOpts): http.Agent {
    const scheme = options.secureEndpoint ? 'https' : 'http';
    const proxy = getProxyForUrl(`${scheme}://${options.host ?? ''}:${options.port}`);
    if (proxy !== '') {
      return new HttpsProxyAgent(proxy);
    }
    return options.secureEndpoint ? https.globalAgent : http.globalAgent;
  }
}
