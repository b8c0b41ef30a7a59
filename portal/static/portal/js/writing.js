// Tools beside each field in which people write Markdown. They act on what is marked and can be undone like typing.
const tools = document.getElementById("writing-tools");
for (const field of document.querySelectorAll("textarea[data-writing]")) {
  const bar = tools.content.firstElementChild.cloneNode(true);
  bar.setAttribute("aria-controls", field.id);
  if (field.closest(".docs")) field.after(bar);
  else field.before(bar);
  // Some browsers would take the focus from the field, and with it the tools that are there while one writes.
  bar.addEventListener("mousedown", (event) => event.preventDefault());

  const put = (from, to, words, begin, end) => {
    field.focus();
    field.setSelectionRange(from, to);
    // The one way to write that the browser's own undo knows; where it is gone, the field is written directly.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, from, to, "end");
    field.setSelectionRange(begin, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const marked = () => [field.selectionStart, field.selectionEnd, field.value.slice(field.selectionStart, field.selectionEnd)];
  const wrap = (sign) => {
    const [from, to, words] = marked();
    put(from, to, sign + words + sign, from + sign.length, to + sign.length);
  };
  const link = (address) => {
    const [from, to, words] = marked();
    const begin = from + words.length + 3;
    put(from, to, `[${words}](${address})`, words ? begin : from + 1, words ? begin + address.length : from + 1);
  };
  const line = (sign) => {
    const [at, until] = marked();
    const from = field.value.lastIndexOf("\n", at - 1) + 1;
    const next = field.value.indexOf("\n", until);
    const to = next < 0 ? field.value.length : next;
    const rows = field.value.slice(from, to).split("\n");
    const isThere = rows.every((row) => row.startsWith(sign));
    const words = rows.map((row) => (isThere ? row.slice(sign.length) : sign + row)).join("\n");
    put(from, to, words, from, from + words.length);
  };
  bar.addEventListener("click", ({ target }) => {
    const { wrap: around, line: before, link: address } = target.closest("button")?.dataset ?? {};
    if (around) wrap(around);
    else if (before) line(before);
    else if (address) link(address);
  });
  field.addEventListener("keydown", (event) => {
    const sign = { b: "**", i: "*" }[event.key.toLowerCase()];
    if (!sign || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    wrap(sign);
  });
}
