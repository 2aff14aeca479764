"""Measures of inequality on a handful of places, and a pot shared to the penny."""

from fairground import measures
from fairground.measures.apportionment import apportion

income = [12_000, 18_000, 24_000, 36_000]
people = [100, 200, 150, 50]
print(f"gini               {measures.gini(income, weights=people):.4f}")
print(f"theil_t            {measures.theil_t(income, weights=people):.4f}")
print(f"theil_l            {measures.theil_l(income, weights=people):.4f}")
print(f"hoover             {measures.hoover(income, weights=people):.4f}")
print(f"williamson         {measures.williamson(income, weights=people):.4f}")
print(f"richest/poorest    {measures.top_bottom_ratio(income, weights=people):.4f}")
print(f"atkinson(1)        {measures.atkinson(income, epsilon=1, weights=people):.4f}")
print(f"GE(2)              {measures.generalised_entropy(income, alpha=2, weights=people):.4f}")
split = measures.decompose(income, groups=["north", "north", "south", "south"], weights=people)
print(f"between {split.between:.4f}, within {split.within:.4f}")
print(f"residual under 1e-12: {abs(split.residual) < 1e-12}")
print(
    measures.sigma_convergence([[10, 40], [15, 45]], years=[2000, 2010]).converging,
    measures.beta_convergence([10, 20, 40], [20, 30, 45], years=10).converging,
)
print(measures.gap(income, names=["a", "b", "c", "d"]))
print(apportion([1, 1, 1], total=100, keys=["a", "b", "c"]))
