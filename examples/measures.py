"""Measures of inequality on a handful of places, how sure they are, and a pot shared to the penny."""

from fairground import measures
from fairground.measures.apportionment import apportion

income = [12_000, 18_000, 24_000, 36_000]
people = [100, 200, 150, 50]
region = ["north", "north", "south", "south"]

print("One number")
print(f"  gini               {measures.gini(income, weights=people):.4f}")
print(f"  theil_t            {measures.theil_t(income, weights=people):.4f}")
print(f"  theil_l            {measures.theil_l(income, weights=people):.4f}")
print(f"  GE(2)              {measures.generalised_entropy(income, alpha=2, weights=people):.4f}")
print(f"  atkinson(1)        {measures.atkinson(income, epsilon=1, weights=people):.4f}")
level = measures.equally_distributed_equivalent(income, epsilon=1, weights=people)
print(f"  as good as equal   {level:,.0f}")
print(f"  hoover             {measures.hoover(income, weights=people):.4f}")
print(f"  williamson         {measures.williamson(income, weights=people):.4f}")
print(f"  richest/poorest    {measures.top_bottom_ratio(income, weights=people):.4f}")
print(f"  90/10 by people    {measures.quantile_ratio(income, weights=people).ratio:.4f}")
print(f"  90/10 by places    {measures.quantile_ratio(income).ratio:.4f}")
print(" ", measures.gap(income, names=["a", "b", "c", "d"]))

print("Between and within")
split = measures.decompose(income, groups=region, weights=people)
print(f"  between {split.between:.4f}, within {split.within:.4f}")
print(f"  residual under 1e-12: {abs(split.residual) < 1e-12}")
dagum = measures.gini_split(income, groups=region, weights=people)
print(f"  gini: within {dagum.within:.4f}, between {dagum.between:.4f}, overlap {dagum.overlap:.4f}")

print("On the map")
near = measures.borders(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")])
print(f"  far pairs, borders {measures.spatial_gini(income, neighbours=near).far_share:.4f}")
near = measures.nearest([0, 5, 9, 12], [30, 20, 10, 0], count=2)
print(f"  far pairs, nearest {measures.spatial_gini(income, neighbours=near).far_share:.4f}")

print("Over time and against deprivation")
print(f"  spreads fall: {measures.sigma_convergence([[10, 40], [15, 45]], years=[2000, 2010]).converging}")
print(f"  poorer grow faster: {measures.beta_convergence([10, 20, 40], [20, 30, 45], years=10).converging}")
best_off = [-42, -31, -19, -9]
print(f"  slope index {measures.slope_index(income, ranked_by=best_off, weights=people).slope:,.0f}")
index = measures.concentration_index(income, ranked_by=best_off, weights=people)
print(f"  concentration index {index:.4f}")

print("How sure")
found = measures.bootstrap(measures.gini, income, weights=people, groups=region, resamples=999, seed=1)
print(f"  gini by resampling {found.lower:.4f} to {found.upper:.4f}; too few places: {found.few}")
test = measures.permutation_test(income, groups=region, weights=people, seed=1)
print(f"  regions drawn by lot differ as much {100 * test.p_value:.0f} times in 100")
found = measures.limits_from_published(
    measures.gini,
    income,
    lower=[11_700, 17_600, 23_500, 34_500],
    upper=[12_300, 18_500, 24_600, 38_000],
    seed=1,
)
print(f"  gini by published limits {found.lower:.4f} to {found.upper:.4f}")

print("To the penny")
print(" ", apportion([1, 1, 1], total=100, keys=["a", "b", "c"]))
