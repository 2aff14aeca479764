// The moving map, opened by a button. The still map, the table and the words beside it say the same without it.
const SCALE = 2;

const asked = new Map();
function once(tag, facts) {
  const address = facts.src ?? facts.href;
  if (!asked.has(address)) {
    asked.set(address, new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), facts);
      element.onload = done;
      element.onerror = () => failed(new Error(address));
      document.head.append(element);
    }));
  }
  return asked.get(address);
}

function picture(look) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24 * SCALE;
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  const path = new Path2D(look.path);
  if (look.fill !== "none") { pen.fillStyle = look.fill; pen.fill(path); }
  if (look.width) { pen.strokeStyle = look.stroke; pen.lineWidth = look.width; pen.lineCap = "round"; pen.stroke(path); }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function layers(map, look) {
  const own = { source: "shapes", filter: ["==", ["get", "layer"], look.id] };
  const line = { "line-color": look.stroke, "line-width": look.width || 1 };
  if (look.dash) line["line-dasharray"] = look.dash.split(" ").map((length) => length / (look.width || 1));
  if (look.kind === "area" && look.fill !== "none") {
    map.addLayer({ ...own, id: look.id, type: "fill", paint: { "fill-color": look.fill, "fill-opacity": 0.85 } });
  }
  if (look.kind === "line" || (look.kind === "area" && look.width)) {
    map.addLayer({ ...own, id: `${look.id}-line`, type: "line", paint: line });
  }
  if (look.path) {
    map.addImage(look.id, picture(look), { pixelRatio: SCALE });
    const anchor = look.kind === "pin" ? "bottom" : "center";
    map.addLayer({ ...own, id: look.id, type: "symbol", layout: { "icon-image": look.id, "icon-allow-overlap": true, "icon-anchor": anchor } });
  }
}

function clusters(map) {
  const size = (n) => (n < 10 ? 17 : n < 100 ? 21 : n < 1000 ? 26 : 31);
  map.on("styleimagemissing", ({ id }) => {
    const [kind, count] = id.split(":");
    if (kind !== "many" || map.hasImage(id)) return;
    const canvas = document.createElement("canvas");
    const r = size(Number(count));
    canvas.width = canvas.height = 2 * r * SCALE;
    const pen = canvas.getContext("2d");
    pen.scale(SCALE, SCALE);
    pen.fillStyle = "#12403c";
    pen.beginPath(); pen.arc(r, r, r - 1, 0, 7); pen.fill();
    pen.fillStyle = "#fffdf8"; pen.font = "700 14px sans-serif"; pen.textAlign = "center"; pen.textBaseline = "middle";
    pen.fillText(Number(count).toLocaleString("en-GB"), r, r);
    map.addImage(id, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: SCALE });
  });
  const image = ["concat", "many:", ["to-string", ["get", "point_count"]]];
  map.addLayer({ id: "many", source: "shapes", type: "symbol", filter: ["has", "point_count"], layout: { "icon-image": image, "icon-allow-overlap": true } });
  map.on("click", "many", async ({ features: [one] }) => {
    const zoom = await map.getSource("shapes").getClusterExpansionZoom(one.properties.cluster_id);
    map.easeTo({ center: one.geometry.coordinates, zoom });
  });
}

const NS = "http://www.w3.org/2000/svg";
function key(list, looks) {
  list.replaceChildren();
  for (const look of looks) {
    const svg = document.createElementNS(NS, "svg"), path = document.createElementNS(NS, "path");
    const shape = { area: "M1 3h24v16h-24Z", line: "M0 11h26" }[look.kind] ?? look.path;
    const facts = { d: shape, fill: look.fill, stroke: look.stroke, "stroke-width": look.width, "stroke-dasharray": look.dash };
    Object.entries(facts).forEach(([name, value]) => value && path.setAttribute(name, value));
    if (look.path) path.setAttribute("stroke-linecap", "round");
    svg.setAttribute("viewBox", look.path ? "-1 0 26 24" : "0 0 26 22");
    svg.setAttribute("aria-hidden", "true");
    svg.append(path);
    const row = document.createElement("li");
    row.append(svg, look.words);
    list.append(row);
  }
}

function bounds(features, wanted) {
  const box = [180, 90, -180, -90];
  const visit = (held) => {
    if (typeof held[0] !== "number") return held.forEach(visit);
    box[0] = Math.min(box[0], held[0]); box[1] = Math.min(box[1], held[1]);
    box[2] = Math.max(box[2], held[0]); box[3] = Math.max(box[3], held[1]);
  };
  const near = features.filter((feature) => wanted.has(feature.properties.layer));
  (near.length ? near : features).forEach((feature) => visit(feature.geometry.coordinates));
  return box;
}

async function show(frame, room, say) {
  const { script, worker, sheet, shapes, basemap, credit, pin } = frame.dataset;
  const [drawn] = await Promise.all([fetch(shapes).then((sent) => sent.json()), once("link", { rel: "stylesheet", href: sheet }), once("script", { src: script })]);
  const { maplibregl } = window;
  maplibregl.setWorkerUrl(worker);
  const tiles = basemap ? { base: { type: "raster", tiles: [basemap], tileSize: 256, attribution: credit } } : {};
  const paper = [{ id: "paper", type: "background", paint: { "background-color": "#fffdf8" } }];
  if (basemap) paper.push({ id: "base", type: "raster", source: "base" });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new maplibregl.Map({
    container: room,
    style: { version: 8, sources: tiles, layers: paper },
    bounds: bounds(drawn.features, new Set(["door", "route", "site", "straight"])),
    fitBoundsOptions: { padding: 40, maxZoom: 16 },
    attributionControl: basemap ? { compact: false } : false,
    fadeDuration: still ? 0 : 300,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 19,
    locale: { "Map.Title": frame.dataset.title },
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }));
  await map.once("load");
  map.addSource("shapes", { type: "geojson", data: drawn, cluster: Boolean(drawn.cluster), clusterRadius: 44, clusterMaxZoom: 15 });
  drawn.layers.forEach((look) => layers(map, look));
  if (drawn.cluster) clusters(map);
  frame.querySelectorAll(".fg-mapbox__key").forEach((list) => key(list, drawn.layers));
  const told = drawn.layers.flatMap((look) => [look.id, `${look.id}-line`]).filter((id) => map.getLayer(id));
  const field = pin && document.getElementById(pin);
  const dot = new maplibregl.Marker({ color: "#b93f1b" });
  const drop = ({ lng, lat }) => {
    field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    dot.setLngLat([lng, lat]).addTo(map);
    say(`The pin is at ${field.value}. It is in the field: press the button of the form to check it.`);
  };
  map.on("click", (event) => {
    if (field) return drop(event.lngLat);
    const found = map.queryRenderedFeatures(event.point, { layers: told });
    const words = found.map(({ properties }) => [properties.is, properties.name].filter(Boolean).join(": "));
    say([...new Set(words)].slice(0, 4).join(". "), found[0]?.properties.href);
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field) return;
    event.preventDefault();
    drop(map.getCenter());
  });
  frame.dataset.ready = "yes";
  map.getCanvas().focus();
}

for (const frame of document.querySelectorAll("[data-fg-map]")) {
  const [button, room, told] = ["button", ".fg-mapbox__moving", "[role=status]"].map((part) => frame.querySelector(part));
  const say = (words, href) => {
    told.textContent = words;
    if (href) told.append(". ", Object.assign(document.createElement("a"), { href, textContent: "See its page", className: "govuk-link" }));
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    room.hidden = false;
    frame.classList.add("fg-mapbox--moving");
    try {
      await show(frame, room, say);
      button.hidden = true;
      say(frame.dataset.pin ? "Move the map with the arrow keys. Press Enter, or click, to drop the pin." : "Move the map with the arrow keys; zoom with plus and minus.");
    } catch (fault) {
      room.hidden = true;
      frame.classList.remove("fg-mapbox--moving");
      say("This browser cannot show the moving map. The map and the table here say the same.");
    }
  });
}
