# sf and spdep on the same boundaries and coverage as `sigg clusters`:
# Rscript clusters.R municipios.geojson coverage.csv clusters.csv
# prints "agree ..." if every neighbour, z and local I is the same.
suppressMessages({ library(spdep); library(sf) })
args <- commandArgs(TRUE)
suppressMessages(sf_use_s2(FALSE))
land <- st_set_crs(st_make_valid(st_read(args[1], quiet = TRUE)), NA)
land <- land[order(land$codigo), ]
coverage <- read.csv(args[2], colClasses = c(codigo = "character"))
coverage <- coverage[match(land$codigo, coverage$codigo), ]
ours <- read.csv(args[3], colClasses = c(codigo = "character"))
ours <- ours[match(land$codigo, ours$codigo), ]
# Distances are measured only between boxes that are near enough.
shape <- st_geometry(land)
box <- t(sapply(shape, st_bbox))
near <- lapply(seq_along(shape), function(i) {
  to <- which(box[, 1] <= box[i, 3] + 0.001 & box[, 3] >= box[i, 1] - 0.001 &
    box[, 2] <= box[i, 4] + 0.001 & box[, 4] >= box[i, 2] - 0.001)
  to <- to[to > i]
  to[as.vector(st_distance(shape[i], shape[to])) <= 0.001]
})
for (i in seq_along(near)) for (j in near[[i]][near[[i]] > i]) near[[j]] <- c(near[[j]], i)
near <- lapply(near, sort)
nb <- lapply(seq_along(near), function(i) setdiff(near[[i]], i))
keep <- lengths(nb) > 0 & coverage$viviendas_rurales > 0
stopifnot(identical(keep, !is.na(ours$z)))
number <- cumsum(keep)
nb <- lapply(nb[keep], function(to) as.integer(number[to[keep[to]]]))
class(nb) <- "nb"
attr(nb, "region.id") <- land$codigo[keep]
lw <- nb2listw(nb, style = "W")
n <- coverage$familias[keep]; x <- coverage$viviendas_rurales[keep]
p <- n / x; b <- sum(n) / sum(x); s2 <- sum(x * (p - b)^2 / sum(x))
a <- s2 - b / (sum(x) / length(n)); v <- a + b / x; v[v < 0] <- (b / x)[v < 0]
z <- (p - b) / sqrt(v)
local <- localmoran(z, lw)[, 1]
test <- moran.test(z, lw)
worst <- max(abs(local - ours$moran_local[keep]))
same <- all(lengths(nb) == ours$vecinos[keep])
cat(sprintf("%s with spdep: %d municipalities, local I within %.1e, I %.6f (z %.4f), neighbours %s\n",
  if (same && worst < 1e-6) "agree" else "differ", sum(keep), worst, test$estimate[1],
  (test$estimate[1] - test$estimate[2]) / sqrt(test$estimate[3]), if (same) "the same" else "other"))
