// Sends the chosen files one after the other, each with its own bar, so that a line that breaks loses nothing it carried.
const form = document.querySelector("form[data-uploads]");
const list = document.getElementById(form.dataset.uploads);
const empty = document.getElementById("upload").content;
const PATIENCE = 60_000; // milliseconds without a sign of life

// A key of its own for each file, so that sending it again makes no second draft.
const key = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );

const send = (data, row) =>
  new Promise((ended) => {
    const bar = row.querySelector("progress");
    const broken = (is) => row.querySelectorAll("[data-broken]").forEach((part) => (part.hidden = !is));
    const request = new XMLHttpRequest();
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), PATIENCE);
    };
    request.open("POST", location.pathname);
    request.setRequestHeader("HX-Request", "true");
    request.upload.onprogress = ({ loaded, total }) => {
      alive();
      bar.value = loaded / total;
    };
    request.onload = () => {
      const outcome = document.createElement("template");
      outcome.innerHTML = request.responseText;
      const told = outcome.content.querySelector("li.upload");
      if (told) row.replaceWith(told);
      else broken(true);
    };
    request.onerror = request.onabort = () => broken(true);
    request.onloadend = () => {
      clearTimeout(silence);
      ended();
    };
    broken(false);
    bar.value = 0;
    alive();
    request.send(data);
  });

form.addEventListener("submit", async (event) => {
  const field = form.elements.file;
  if (!field.files.length) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  document.getElementById("sent-head").hidden = false;
  const sendings = [...field.files].map((file) => {
    const data = new FormData(form);
    data.set("once", key());
    data.set("file", file);
    const row = empty.firstElementChild.cloneNode(true);
    row.querySelector("bdi").textContent = file.name;
    row.querySelector("button").addEventListener("click", () => send(data, row));
    list.append(row);
    return [data, row];
  });
  field.value = "";
  for (const sending of sendings) await send(...sending);
  button.disabled = false;
});
