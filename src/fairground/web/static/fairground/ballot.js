// Keeps "what is left" up to date while a ballot is marked; the server works it out again in any case.
const pounds = (pence) => new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", minimumFractionDigits: pence % 100 ? 2 : 0 }).format(pence / 100);

for (const pot of document.querySelectorAll("[data-ballot] fieldset")) {
  const told = pot.querySelector("[data-left]");
  if (!told) continue;
  const inputs = [...pot.querySelectorAll("input")];
  pot.addEventListener("input", () => {
    const marked = inputs.filter((one) => (one.type === "checkbox" ? one.checked : Number(one.value) > 0));
    const { ceiling, points, most } = pot.dataset;
    if (ceiling) {
      const left = ceiling - marked.reduce((sum, one) => sum + Number(one.dataset.cost), 0);
      told.textContent = left < 0 ? `${pounds(-left)} too much` : `${pounds(left)} left`;
    } else {
      const left = points ? points - marked.reduce((sum, one) => sum + Number(one.value), 0) : most - marked.length;
      const thing = (points ? "point" : "project") + (Math.abs(left) === 1 ? "" : "s");
      told.textContent = left < 0 ? `${-left} ${thing} too many` : `${left} ${thing} left`;
    }
  });
}
