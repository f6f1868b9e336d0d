// Small tools for building the page from nodes. Content is only ever set as text, never as HTML.

/** Build one element: attributes, `on…` listeners, and children (nodes, texts, lists of them; nothing for null and false). */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Text for screen readers only. */
export const unseen = (text) => h("span", { class: "unseen" }, text);

/** Words of the page itself inside content that is in another language. */
export const chrome = (tag, attributes, ...children) => h(tag, { lang: "en", ...attributes }, ...children);

const drawn = new WeakMap();

/**
 * Make the container show these items in this order, and touch only what differs.
 * An item is {key, signature, draw}: the node of a key stays as it is while its signature stays the same,
 * so half-typed answers, open menus and the focus survive everything that happens elsewhere.
 * Returns the nodes that are new (`added`) and those drawn again (`changed`).
 */
export function show(container, items) {
  const focused = rememberFocus(container);
  const before = new Map([...container.children].map((node) => [drawn.get(node)?.key, node]));
  const added = [];
  const changed = [];
  const nodes = items.map(({ key, signature, draw }) => {
    const old = before.get(key);
    if (old && drawn.get(old).signature === signature) return old;
    const node = draw(old);
    drawn.set(node, { key, signature });
    (old ? changed : added).push(node);
    return node;
  });
  const kept = new Set(nodes);
  for (const node of [...container.children]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, place) => {
    if (container.children[place] !== node) container.insertBefore(node, container.children[place] ?? null);
  });
  restoreFocus(container, focused);
  return { added, changed };
}

/** What the focus is on inside the container, in words that survive a redraw. */
function rememberFocus(container) {
  const active = document.activeElement;
  if (!active || active === container || !container.contains(active)) return null;
  const child = [...container.children].find((node) => node.contains(active));
  return { active, key: drawn.get(child)?.key, name: focusName(active) };
}

const focusName = (node) =>
  JSON.stringify([node.dataset.testid, node.dataset.actionId, node.dataset.value, node.tagName]);

/** Put the focus back on the same thing, or on the item that held it: a keyboard never falls off the page. */
function restoreFocus(container, focused) {
  if (!focused || focused.active.isConnected) return;
  const item = [...container.children].find((node) => drawn.get(node)?.key === focused.key);
  if (!item) return;
  const same = [item, ...item.querySelectorAll("[data-testid], [data-action-id]")].find(
    (node) => focusName(node) === focused.name,
  );
  (same ?? item).focus({ preventScroll: true });
}
