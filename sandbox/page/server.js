// The page's only way to the outside: the sandbox's control interface under /_sandbox/.

/** Ask the sandbox; an error it explains becomes an Error with that sentence. */
async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(`/_sandbox/${path}`, options);
  } catch {
    throw new Error("The practice workspace does not answer. Is `silta demo` still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) {
    if (answer.errors) return answer;
    throw new Error(answer.error ?? `The practice workspace answered ${response.status}.`);
  }
  return answer;
}

const query = (values) => new URLSearchParams(values).toString();

export const server = {
  users: async () => (await ask("users")).users,
  state: (user) => ask(`state?${query({ user })}`),
  messages: async (user, channel) => (await ask(`messages?${query({ user, channel })}`)).messages,
  send: (message) => ask("message", { ...message, is_typed: true }),
  command: (command) => ask("command", command),
  press: (action) => ask("press", action),
  submit: (answers) => ask("submit", answers),
  close: (view) => ask("close", view),
  open: (conversation) => ask("open", conversation),
  openHome: (user) => ask("open_home", { user }),
  read: (user, channel) => ask("read", { user, channel }),
  moveClock: (move) => ask("clock", move),
};

/** Listen to what happens to one person. Returns the function that stops listening. */
export function listen(user, { happened, connected, lost }) {
  const feed = new EventSource(`/_sandbox/feed?${query({ user })}`);
  feed.onmessage = (event) => happened(JSON.parse(event.data));
  feed.onopen = connected;
  feed.onerror = lost;
  return () => feed.close();
}
