import type { CaseView, MoveView, Problem } from '@comity/node/api';
import type { Sandbox } from '../sandbox.ts';

/** A refusal that a story met over HTTP, as any client would. */
export class RefusedByNode extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}${problem.field === undefined ? '' : ` (${problem.field})`} ${JSON.stringify(problem.values ?? {})}`);
    this.problem = problem;
  }
}

/** A person of the sandbox at their desk: everything they do goes over HTTP to their own organisation's node. */
export class Actor {
  readonly org: string;
  readonly person: string;
  readonly #url: string;
  #cookie = '';

  private constructor(org: string, person: string, url: string) {
    this.org = org;
    this.person = person;
    this.#url = url;
  }

  /** Signs a person in. */
  static async signIn(sandbox: Pick<Sandbox, 'orgs'>, org: string, person: string): Promise<Actor> {
    const url = sandbox.orgs.find((candidate) => candidate.id === org)?.url;
    if (url === undefined) throw new Error(`the sandbox has no ${org}`);
    const actor = new Actor(org, person, url);
    await actor.signInAgain();
    return actor;
  }

  private async signInAgain(): Promise<void> {
    const answer = await fetch(`${this.#url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: this.person }),
    });
    if (!answer.ok) throw new RefusedByNode((await answer.json()) as Problem);
    this.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  async get<T>(path: string): Promise<T> {
    // Parser of a client: what the node answers is described by its API types.
    return (await (await this.call(path, { method: 'GET' })).json()) as T;
  }

  async post<T>(path: string, body: object = {}): Promise<T> {
    const answer = await this.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  /** What an address answers, as bytes; with a body it is posted to. */
  async bytes(path: string, body?: object): Promise<Uint8Array> {
    const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await this.call(path, body === undefined ? { method: 'GET' } : posted);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Opens a case with its first act; gives the case's id. */
  async open(request: {
    readonly procedure: string;
    readonly type: string;
    readonly data: object;
    readonly sections: object;
  }): Promise<string> {
    return (await this.post<{ case: string }>('/api/cases', request)).case;
  }

  /** Reads a case; where no reason stands yet, states one first. */
  async read(id: string): Promise<CaseView> {
    try {
      return await this.get<CaseView>(`/api/cases/${id}`);
    } catch (error) {
      if (!(error instanceof RefusedByNode) || error.problem.code !== 'reason-required') throw error;
      await this.post(`/api/cases/${id}/reads`, { purpose: 'work' });
      return this.get<CaseView>(`/api/cases/${id}`);
    }
  }

  /** Makes an act; whoever has not read the case today reads it first, with a reason. */
  async act(id: string, request: { readonly type: string; readonly data?: object; readonly sections?: object }): Promise<string> {
    const whole = { data: {}, sections: {}, ...request };
    try {
      return (await this.post<{ act: string }>(`/api/cases/${id}/acts`, whole)).act;
    } catch (error) {
      if (!(error instanceof RefusedByNode) || error.problem.code !== 'reason-required') throw error;
      await this.read(id);
      return (await this.post<{ act: string }>(`/api/cases/${id}/acts`, whole)).act;
    }
  }

  /** Waits until a move is open to this person: what they wait for has to travel between organisations first. */
  async until(id: string, type: string): Promise<MoveView> {
    const started = Date.now();
    for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
      const move = await this.moveOf(id, type);
      if (move !== undefined && move.refusal === undefined) return move;
      if (Date.now() - started > 20_000)
        throw new Error(
          `${this.org}: ${type} did not become possible (${JSON.stringify(move?.refusal ?? 'no such case or move yet')})`,
        );
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  /** Makes an act that should be refused; gives the code of the refusal, or `allowed`. */
  async tries(id: string, request: Parameters<Actor['act']>[1]): Promise<string> {
    try {
      await this.act(id, request);
      return 'allowed';
    } catch (error) {
      if (error instanceof RefusedByNode) return error.problem.code;
      throw error;
    }
  }

  /** Waits until this party's node shows the case as wanted, and gives what it shows. */
  async reaches(id: string, wanted: (view: CaseView) => boolean): Promise<CaseView> {
    const started = Date.now();
    for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
      const view = await this.read(id);
      if (wanted(view)) return view;
      if (Date.now() - started > 20_000) throw new Error(`${this.org}: the case did not come to what was waited for`);
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  private async moveOf(id: string, type: string): Promise<MoveView | undefined> {
    try {
      return (await this.read(id)).moves.find((move) => move.type === type);
    } catch (error) {
      // The case has not arrived yet.
      if (error instanceof RefusedByNode && error.problem.code === 'case-unknown') return undefined;
      throw error;
    }
  }

  /** Any request, with this person's session. Throws RefusedByNode. */
  async call(path: string, init: RequestInit): Promise<Response> {
    const ask = (): Promise<Response> =>
      fetch(`${this.#url}${path}`, { ...init, headers: { ...init.headers, cookie: this.#cookie } });
    const answer = await ask();
    if (answer.ok) return answer;
    const problem = (await answer.json()) as Problem;
    // Where days pass in a story, a session ends, as it does for anybody who comes back the next day.
    if (problem.code !== 'not-signed-in') throw new RefusedByNode(problem);
    await this.signInAgain();
    const again = await ask();
    if (!again.ok) throw new RefusedByNode((await again.json()) as Problem);
    return again;
  }
}
