"""Independent values for the tests of org.scorebound.verify.

Written from the formulas of the theory page alone, with other numerical methods than the library: absolute moment
equations by scipy's DOP853 (the library integrates differences), the bound as an ODE (the library uses Gauss-Kronrod
panels), B(t) by Gauss-Legendre quadrature of beta (the library has closed forms), the Ornstein-Uhlenbeck moments by
scipy's expm of Van Loan's block matrix, sin^2 moments by Gauss-Hermite, suprema on the line by dense search with
zooming, also around every crossing of two components, however far out.

Run: python3 src/test/python/oracle.py > src/test/resources/org/scorebound/verify/oracle.json
Tried with numpy 2.4 and scipy 1.17; takes some minutes.
"""
import json
import math
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.special import log_ndtr

GL_X, GL_W = np.polynomial.legendre.leggauss(80)
GH_X, GH_W = np.polynomial.hermite_e.hermegauss(160)
GH_W = GH_W / GH_W.sum()


# ---------------------------------------------------------------- schedules and diffusions
class Schedule:
    def __init__(self, doc, horizon):
        self.T = horizon
        kind = doc["type"]
        self.breaks = []
        if kind == "linear":
            a, b = doc["betaMin"], doc["betaMax"]
            self.beta = lambda t: a + (b - a) * t / horizon
        elif kind == "quadratic":
            a, b = math.sqrt(doc["betaMin"]), math.sqrt(doc["betaMax"])
            self.beta = lambda t: (a + (b - a) * t / horizon) ** 2
        elif kind == "sigmoid":
            a, b = doc.get("betaMin", 1e-5), doc.get("betaMax", 1e-2)
            lo, hi = doc.get("from", -6), doc.get("to", 6)
            self.beta = lambda t: a + (b - a) / (1 + np.exp(-(lo + (hi - lo) * t / horizon)))
        elif kind == "constant":
            c = doc["beta"]
            self.beta = lambda t: c + 0.0 * t
        elif kind == "cosine":
            # abar = cos^2(pi/2 (t/T + s)/(1+s)) up to a factor; beta = -d/dt log abar, clipped.
            s, clip = doc.get("offset", 0.008), doc.get("betaClip", 20 / horizon)
            raw = lambda t: math.pi / (horizon * (1 + s)) * np.tan(math.pi / 2 * (t / horizon + s) / (1 + s))
            lo, hi = 0.0, horizon * (1 - 1e-9)
            for _ in range(200):
                mid = 0.5 * (lo + hi)
                lo, hi = (mid, hi) if raw(mid) < clip else (lo, mid)
            self.breaks = [lo]
            self.beta = lambda t: np.where(t >= lo, clip, raw(np.minimum(t, lo)))
        elif kind == "discrete":
            table = np.array(doc["betas"], float)
            n = len(table)
            self.breaks = [horizon * i / n for i in range(1, n)]
            self.beta = lambda t: table[np.clip(np.floor(np.asarray(t) / horizon * n + 1e-12).astype(int), 0, n - 1)]
        else:
            raise ValueError(kind)

    def B(self, t):
        total = 0.0
        cuts = [0.0] + [b for b in self.breaks if b < t] + [t]
        for a, b in zip(cuts, cuts[1:]):
            x = a + 0.5 * (b - a) * (1 + GL_X)
            total += 0.5 * (b - a) * float(np.dot(GL_W, self.beta(x)))
        return total


class Diffusion:
    """A(t), g(t)^2, M(t), Q(t)."""

    def __init__(self, doc, d):
        self.d, self.T, self.kind = d, doc.get("horizon", 1.0), doc["type"]
        eye = np.eye(d)
        self.breaks = []
        if self.kind == "ou":
            A, g = np.array(doc["drift"], float), doc.get("g", 1.0)
            self.A = lambda t: A
            self.g2 = lambda t: g * g
            block = np.block([[A, g * g * eye], [np.zeros((d, d)), -A.T]])

            def moments(t):
                e = expm(block * t)
                return e[:d, :d], e[:d, d:] @ e[:d, :d].T
            self.moments = moments
            self.Lf = np.linalg.norm(A, 2) * np.ones(1)[0]
            L = float(np.linalg.eigvalsh(-(A + A.T) / 2)[-1])
            self.one_sided = lambda t: L
            self.two_sided = lambda t: float(np.linalg.norm(A, 2))
            return
        if self.kind == "ve" and "sigmaMin" in doc:
            lo, hi, T = doc["sigmaMin"], doc["sigmaMax"], self.T
            sigma2 = lambda t: lo * lo * (hi / lo) ** (2 * t / T)
            self.g2 = lambda t: sigma2(t) * 2 * math.log(hi / lo) / T
            self.moments = lambda t: (eye, (sigma2(t) - lo * lo) * eye)
            self.A = lambda t: 0 * eye
            self.one_sided = self.two_sided = lambda t: 0.0
            return
        s = Schedule(doc["schedule"], self.T)
        self.breaks = s.breaks
        self.s = s
        beta = lambda t: float(s.beta(t))
        if self.kind == "ve":
            self.g2 = beta
            self.moments = lambda t: (eye, s.B(t) * eye)
            self.A = lambda t: 0 * eye
            self.one_sided = self.two_sided = lambda t: 0.0
            return
        self.A = lambda t: -0.5 * beta(t) * eye
        self.one_sided = self.two_sided = lambda t: 0.5 * beta(t)
        if self.kind == "vp":
            self.g2 = beta
            self.moments = lambda t: (math.exp(-s.B(t) / 2) * eye, -math.expm1(-s.B(t)) * eye)
        elif self.kind == "sub-vp":
            self.g2 = lambda t: beta(t) * -math.expm1(-2 * s.B(t))
            self.moments = lambda t: (math.exp(-s.B(t) / 2) * eye, math.expm1(-s.B(t)) ** 2 * eye)
        else:
            raise ValueError(self.kind)


# ---------------------------------------------------------------- data laws
def data_law(doc):
    """weights, means (k,d), covariances (k,d,d)"""
    kind = doc["type"]
    if kind == "gaussian":
        return np.ones(1), np.array([doc["mean"]], float), np.array([doc["cov"]], float)
    if kind == "mixture":
        w, m = np.array(doc["weights"], float), np.array(doc["means"], float)
        c = np.array(doc["covs"] if "covs" in doc else [doc["cov"]] * len(w), float)
        return w / w.sum(), m, c
    if kind == "points":
        m = np.array(doc["points"], float)
        k, d = m.shape
        return np.ones(k) / k, m, np.array([doc["bandwidth"] ** 2 * np.eye(d)] * k)
    if kind == "clusters":
        d, k, v = doc["dimension"], doc["count"], doc.get("variance", 0.01)
        if k == 1:
            m = np.zeros((1, d))
        elif d == 1:
            m = np.array([[-0.5], [0.5]])
        else:
            m = np.array([[a, b] for a in (-0.5, 0.5) for b in (-0.5, 0.5)])
        return np.ones(k) / k, m, np.array([v * np.eye(d)] * k)
    if kind == "two-moons":
        n, noise = doc.get("points", 100), doc.get("noise", 0.1)
        a = np.linspace(0, math.pi, n // 2)
        m = np.vstack([np.c_[np.cos(a), np.sin(a)], np.c_[1 - np.cos(a), 0.5 - np.sin(a)]])
        return np.ones(n) / n, m, np.array([noise ** 2 * np.eye(2)] * n)
    raise ValueError(kind)


def score_1d(x, w, m, v):
    logits = np.log(w)[:, None] - 0.5 * np.log(v)[:, None] - 0.5 * (x[None] - m[:, None]) ** 2 / v[:, None]
    logits -= logits.max(0)
    r = np.exp(logits)
    r /= r.sum(0)
    g = -(x[None] - m[:, None]) / v[:, None]
    return (r * g).sum(0)


def curvature_1d(x, w, m, v):
    """(log p)'' = E_r[-1/v] + Var_r(g)"""
    logits = np.log(w)[:, None] - 0.5 * np.log(v)[:, None] - 0.5 * (x[None] - m[:, None]) ** 2 / v[:, None]
    logits -= logits.max(0)
    r = np.exp(logits)
    r /= r.sum(0)
    g = -(x[None] - m[:, None]) / v[:, None]
    mean = (r * g).sum(0)
    return (r * ((g - mean[None]) ** 2 - 1 / v[:, None])).sum(0)


def supremum_1d(w, m, v, A=0.0, f=0.0, phi=0.0):
    """sup over the whole line of (log p)'' + A cos(f x + phi)"""
    h = lambda x: curvature_1d(x, w, m, v) + A * np.cos(f * x + phi)
    if len(w) == 1:
        return -1 / v[0] + abs(A) if f != 0 else -1 / v[0] + A * math.cos(phi)
    sd = np.sqrt(v)
    lo, hi = (m - 12 * sd).min(), (m + 12 * sd).max()
    points = [np.linspace(lo, hi, 1201)]
    for i in range(len(w)):
        points.append(m[i] + sd[i] * np.linspace(-12, 12, 121))
    for i in range(len(w)):
        for j in range(i):
            # crossings q_i = q_j: a x^2 + b x + c = 0
            a = -0.5 / v[i] + 0.5 / v[j]
            b = m[i] / v[i] - m[j] / v[j]
            c = (math.log(w[i] / w[j]) - 0.5 * math.log(v[i] / v[j])
                 - 0.5 * m[i] ** 2 / v[i] + 0.5 * m[j] ** 2 / v[j])
            roots = np.roots([a, b, c]) if abs(a) > 1e-13 * max(1 / v[i], 1 / v[j]) else (
                np.array([-c / b]) if b != 0 else np.array([]))
            for r in np.real(roots[np.abs(np.imag(roots)) < 1e-9]) if len(roots) else []:
                slope = abs(2 * a * r + b) + 1e-30
                points.append(r + np.linspace(-15, 15, 301) / slope)
                points.append(r + np.linspace(-3, 3, 121) * min(sd[i], sd[j]))
    if f != 0:
        step = 2 * math.pi / abs(f) / 24
        p = np.concatenate(points)
        span = min(max(abs(p).max(), 50.0), 4000 * step)
        points.append(np.arange(-span, span, step))
        r = p[np.abs(p) > span]
        if len(r):
            for c in np.unique(np.round(r / (12 * step)))[:400] * 12 * step:
                points.append(c + np.arange(-16, 17) * step)
    x = np.sort(np.concatenate(points))
    y = h(x)
    best = y.max()
    top = np.argsort(y)[-12:]
    left, right = x[np.maximum(top - 1, 0)], x[np.minimum(top + 1, len(x) - 1)]
    grid = np.linspace(0, 1, 21)
    for _ in range(14):
        z = left[:, None] + (right - left)[:, None] * grid[None]
        val = h(z.ravel()).reshape(z.shape)
        i = val.argmax(1)
        rows = np.arange(len(top))
        best = max(best, val.max())
        width = (right - left) / 20
        centre = z[rows, i]
        left, right = centre - 1.5 * width, centre + 1.5 * width
    # Far out the widest component is alone, and the wave goes through its maximum.
    return max(best, -1 / v.max() + abs(A)) if f != 0 else max(best, -1 / v.max() + A * math.cos(phi))


def hessian(x, w, m, P):
    """common precision P: -P + P Cov_r(m) P at points x (n,d)"""
    logits = np.log(w)[None] + x @ P @ m.T - 0.5 * np.einsum("kd,de,ke->k", m, P, m)[None]
    logits -= logits.max(1, keepdims=True)
    r = np.exp(logits)
    r /= r.sum(1, keepdims=True)
    mean = r @ m
    second = np.einsum("nk,kd,ke->nde", r, m, m) - mean[:, :, None] * mean[:, None, :]
    return -P + P @ second @ P


def brute_force_2d(w, m, cov):
    """a value close to, and never above, sup lambda_max of a common-covariance mixture in the plane"""
    P = np.linalg.inv(cov)
    mids = (0.5 * (m[:, None] + m[None])).reshape(-1, 2)
    box = np.linspace(m.min(0) - 0.2, m.max(0) + 0.2, 61)
    gx, gy = np.meshgrid(box[:, 0], box[:, 1])
    x = np.vstack([mids, np.c_[gx.ravel(), gy.ravel()]])
    best, at = -np.inf, None
    for chunk in np.array_split(x, max(1, len(x) // 2000)):
        l = np.linalg.eigvalsh(hessian(chunk, w, m, P))[:, -1]
        if l.max() > best:
            best, at = l.max(), chunk[l.argmax()]
    rng = np.random.default_rng(1)
    width = 0.1
    for _ in range(60):
        c = at + width * rng.standard_normal((200, 2))
        l = np.linalg.eigvalsh(hessian(c, w, m, P))[:, -1]
        if l.max() > best:
            best, at = l.max(), c[l.argmax()]
        else:
            width *= 0.7
    return best


# ---------------------------------------------------------------- scores
def profile(doc, T):
    p = doc.get("profile")
    if p is None:
        return (lambda t: 1.0), []
    kind = p["type"]
    if kind == "linear":
        a, b = p["from"], p["to"]
        return (lambda t: a + (b - a) * t / T), ([T * a / (a - b)] if a * b < 0 else [])
    if kind == "exponential":
        return (lambda t: math.exp(p["rate"] * t)), []
    if kind == "power":
        return (lambda t: (1 + p["rate"] * t) ** p["exponent"]), []
    return (lambda t: 1 + p["depth"] * math.sin(2 * math.pi * p["cycles"] * t / T)), []


class Problem:
    def __init__(self, doc):
        self.doc = doc
        self.w, self.m0, self.c0 = data_law(doc["data"])
        self.k, self.d = self.m0.shape
        self.diff = Diffusion(doc["diffusion"], self.d)
        self.T = self.diff.T
        self.churn = doc["sampler"]["churn"]
        self.score = doc["score"]
        self.c, breaks = profile(self.score, self.T)
        self.breaks = sorted(set([0.0, self.T] + list(self.diff.breaks) + breaks))
        self.common = all(np.array_equal(c, self.c0[0]) for c in self.c0)
        self.cache = {}

    def kt(self, t):
        return 0.5 * (1 + self.churn ** 2) * self.diff.g2(t)

    def marginal(self, t):
        M, Q = self.diff.moments(t)
        return self.m0 @ M.T, np.array([M @ c @ M.T + Q for c in self.c0])

    def mean_cov(self, t):
        m, c = self.marginal(t)
        mu = self.w @ m
        cov = np.einsum("k,kde->de", self.w, c) + np.einsum("k,kd,ke->de", self.w, m - mu, m - mu)
        return mu, cov

    def linear(self, t):
        """s(x) = -R (x - centre), for linear-error"""
        mu, V = self.mean_cov(t)
        c, s = self.c(t), self.score
        R = (1 + (s.get("scale", 1) - 1) * c) * np.linalg.inv(V) + s.get("shift", 0) * c * np.eye(self.d)
        return R, mu + c * np.array(s.get("offset", [0.0] * self.d), float)

    def affine(self, t):
        """R, centre of an affine score s = -R (x - centre) + extra, or None"""
        if self.score["type"] == "linear-error":
            R, centre = self.linear(t)
            return R, centre, np.zeros(self.d)
        if self.k > 1:
            return None
        mu, V = self.mean_cov(t)
        if self.score["type"] == "exact":
            return np.linalg.inv(V), mu, np.zeros(self.d)
        p = self.score["perturbation"]
        if p["type"] == "constant":
            return np.linalg.inv(V), mu, self.c(t) * np.array(p["vector"], float)
        return None

    def loss(self, t):
        """m(t) = E_{p_t} |grad log p_t - s|^2"""
        kind = self.score["type"]
        if kind == "exact":
            return 0.0
        means, covs = self.marginal(t)
        if kind == "exact-plus":
            p, c = self.score["perturbation"], self.c(t)
            if p["type"] == "constant":
                return c * c * float(np.dot(p["vector"], p["vector"]))
            total = 0.0
            for i in range(self.d):
                F = np.array(p["frequency"][i], float)
                ph = p.get("phase", [0.0] * self.d)[i]
                for w, m, C in zip(self.w, means, covs):
                    a = F @ m + ph + math.sqrt(F @ C @ F) * GH_X
                    total += w * (p["amplitude"][i] * c) ** 2 * float(GH_W @ np.sin(a) ** 2)
            return total
        R, centre = self.linear(t)
        if self.k == 1:
            E = np.linalg.inv(covs[0]) - R
            shift = R @ (centre - means[0])
            return float(np.trace(E @ covs[0] @ E.T) + shift @ shift)
        if self.d != 1:
            return None
        m, v = means[:, 0], covs[:, 0, 0]
        cuts = np.unique(np.concatenate([mi + math.sqrt(vi) * np.linspace(-10, 10, 41) for mi, vi in zip(m, v)]))
        x = (cuts[:-1, None] + 0.5 * np.diff(cuts)[:, None] * (1 + GL_X[None])).ravel()
        wx = (0.5 * np.diff(cuts)[:, None] * GL_W[None]).ravel()
        dens = sum(w * np.exp(-0.5 * (x - a) ** 2 / b) / math.sqrt(2 * math.pi * b) for w, a, b in zip(self.w, m, v))
        e = score_1d(x, self.w, m, v) + R[0, 0] * (x - centre[0])
        return float(wx @ (dens * e * e))

    def ls(self, t):
        if t in self.cache:
            return self.cache[t]
        value = self._ls(t)
        self.cache[t] = value
        return value

    def _ls(self, t):
        kind = self.score["type"]
        if kind == "linear-error":
            return float(-np.linalg.eigvalsh(self.linear(t)[0])[0])
        means, covs = self.marginal(t)
        sine = kind == "exact-plus" and self.score["perturbation"]["type"] == "sine"
        if sine:
            p = self.score["perturbation"]
            a = self.c(t) * np.array(p["amplitude"], float)
            F = np.array(p["frequency"], float)
            if self.d == 1:
                return supremum_1d(self.w, means[:, 0], covs[:, 0, 0], a[0] * F[0, 0], F[0, 0],
                                   p.get("phase", [0.0])[0])
            if self.k == 1:
                assert abs(np.linalg.det(F)) > 1e-9
                best = -np.inf
                for signs in np.ndindex(*([2] * self.d)):
                    J = -np.linalg.inv(covs[0]) + np.diag((2 * np.array(signs) - 1) * a) @ F
                    best = max(best, np.linalg.eigvalsh((J + J.T) / 2)[-1])
                return float(best)
            return None
        if self.k == 1:
            return float(-1 / np.linalg.eigvalsh(covs[0])[-1])
        if self.d == 1:
            return supremum_1d(self.w, means[:, 0], covs[:, 0, 0])
        if not self.common:
            return None
        P = np.linalg.inv(covs[0])
        if self.k == 2:
            u = P @ (means[1] - means[0])
            return float(np.linalg.eigvalsh(-P + 0.25 * np.outer(u, u))[-1])
        if self.doc["data"]["type"] == "clusters":
            # a product of two lines, each with two equal components at +-a: -1/v + a^2/v^2
            v, a = covs[0][0, 0], means[0][0]
            return -1 / v + a * a / v ** 2
        return None

    # ------------------------------------------------------------ distances
    def start(self):
        s, d = self.doc["start"], self.d
        means, covs = self.marginal(self.T)
        kind = s["type"]
        if kind == "marginal":
            return means, covs, self.w
        if kind == "translated":
            return means + np.array(s["by"], float), covs, self.w
        if kind == "standard-normal":
            return np.zeros((1, d)), np.array([np.eye(d)]), np.ones(1)
        return np.array([s["mean"]], float), np.array([s["cov"]], float), np.ones(1)

    def w2_start(self):
        kind = self.doc["start"]["type"]
        if kind == "marginal":
            return 0.0
        if kind == "translated":
            return float(np.linalg.norm(self.doc["start"]["by"]))
        m, c, _ = self.start()
        pm, pc = self.marginal(self.T)
        if self.k == 1:
            return bures(pm[0], pc[0], m[0], c[0])
        if self.d == 1:
            q = lambda z: quantile(z, self.w, pm[:, 0], np.sqrt(pc[:, 0, 0]))
            return math.sqrt(adaptive_normal(lambda z: (q(z) - m[0, 0] - math.sqrt(c[0, 0, 0]) * z) ** 2))
        return None

    def w2(self):
        if self.k == 1 and self.affine(self.T) is not None:
            return self.w2_moments(), 1e-9
        if self.d == 1 and self.churn == 0:
            return self.w2_quantiles(), 1e-6
        return None

    def w2_moments(self):
        d = self.d
        m, c, _ = self.start()
        y = np.concatenate([m[0], c[0].ravel()])

        def rhs(t, y):
            t = min(max(t, lo), hi - 1e-13 * self.T)
            R, centre, extra = self.affine(t)
            A, k = self.diff.A(t), self.kt(t)
            mu, C = y[:d], y[d:].reshape(d, d)
            G = A + k * R
            dC = G @ C + C @ G.T - self.churn ** 2 * self.diff.g2(t) * np.eye(d)
            return np.concatenate([A @ mu + k * R @ (mu - centre) - k * extra, dC.ravel()])

        for lo, hi in reversed(list(zip(self.breaks, self.breaks[1:]))):
            sol = solve_ivp(rhs, (hi, lo), y, method="DOP853", rtol=3e-14, atol=1e-16)
            assert sol.success
            y = sol.y[:, -1]
        mu, V = self.mean_cov(0.0)
        return bures(y[:d], y[d:].reshape(d, d), mu, V)

    def w2_quantiles(self):
        """int (Q_p - Q_q)^2 by bisection of panels in z, u = Phi(z), each by 10 and by 20 Legendre nodes"""
        q = lambda z: quantile(z, self.w, self.m0[:, 0], np.sqrt(self.c0[:, 0, 0]))
        return math.sqrt(adaptive_normal(lambda z: (self.flow(z) - q(z)) ** 2))

    def flow(self, z):
        m, c, w = self.start()
        y = quantile(z, w, m[:, 0], np.sqrt(c[:, 0, 0]))
        p = self.score.get("perturbation")

        def rhs(t, y):
            t = min(max(t, lo), hi - 1e-13 * self.T)
            pm, pc = self.marginal(t)
            if self.score["type"] == "linear-error":
                R, centre = self.linear(t)
                s = -R[0, 0] * (y - centre[0])
            else:
                s = score_1d(y, self.w, pm[:, 0], pc[:, 0, 0])
                if p is not None:
                    s = s + self.c(t) * (p["vector"][0] if p["type"] == "constant" else
                                         p["amplitude"][0] * np.sin(p["frequency"][0][0] * y
                                                                    + p.get("phase", [0.0])[0]))
            return self.diff.A(t)[0, 0] * y - self.kt(t) * s

        for lo, hi in reversed(list(zip(self.breaks, self.breaks[1:]))):
            sol = solve_ivp(rhs, (hi, lo), y, method="DOP853", rtol=1e-11, atol=1e-12)
            assert sol.success
            y = sol.y[:, -1]
        return y

    # ------------------------------------------------------------ bounds
    def bounds(self, out):
        tol = 1e-12 if self.affine(self.T) is not None else 1e-10

        def rhs(t, y):
            t = min(max(t, lo), hi - 1e-13 * self.T)
            k, g2 = self.kt(t), self.diff.g2(t)
            ls, m = self.ls(t), self.loss(t)
            rate = self.diff.one_sided(t) + k * ls
            paper = self.diff.two_sided(t) + k * ls
            # scaled by I(t), so that nothing overflows; with lambda = g^2, k^2/lambda = k^2/g^2.
            gain = 0.0 if g2 == 0 else k * k / g2
            return np.array([rate, k * math.sqrt(m) - rate * y[1], gain - 2 * rate * y[2], 0.5 * g2 * m,
                             paper, k * math.sqrt(m) - paper * y[5]])

        waves = self.k > 1 and self.d == 1 and not self.common and "frequency" in self.score.get("perturbation", {})
        if waves:
            tol = 1e-8
        y = np.zeros(6)
        for lo, hi in zip(self.breaks, self.breaks[1:]):
            # with a sine, the place of the supremum runs far out through many periods: hundreds of kinks in time
            step = self.T / 1500 if waves else np.inf
            sol = solve_ivp(rhs, (lo, hi), y, method="DOP853", rtol=tol, atol=1e-2 * tol * np.ones(6), max_step=step)
            assert sol.success
            y = sol.y[:, -1]
        start = self.w2_start()
        rel = 1e-9 if tol < 1e-11 else 2e-6 if waves else 2e-7
        out["logI"] = [y[0], rel * max(1.0, abs(y[0]))]
        out["jScoreMatching"] = [y[3], 1e-9 * y[3] + (0 if self.score["type"] == "exact" else 1e-14)]
        if y[1] > 0:
            out["logIntegral"] = [math.log(y[1]) + y[0], rel * max(1.0, abs(y[0]))]
        if start is not None:
            add = lambda a: (math.log(a) if a > 0 else -math.inf)
            for name, total, base in (("logBound", y[1] + start, y[0]), ("logBoundPaper", y[5] + start, y[4]),
                                      ("logBoundScoreMatching", math.sqrt(2 * y[2] * y[3]) + start, y[0])):
                if total > 0:
                    out[name] = [add(total) + base, rel * max(1.0, abs(base))]

    def solve(self):
        out = {}
        w2 = self.w2()
        if w2 is not None:
            out["w2"] = [w2[0], w2[1] * w2[0] + 1e-12]
        start = self.w2_start()
        if start is not None:
            out["w2Start"] = [start, 1e-9 * start + 1e-13]
        if self.ls(self.T) is not None and self.loss(self.T) is not None:
            self.bounds(out)
        elif self.common and self.d == 2 and self.score["type"] != "linear-error":
            t = np.array([0.02, 0.2, 0.6]) * self.T
            values = []
            for ti in t:
                means, covs = self.marginal(ti)
                values.append(brute_force_2d(self.w, means, covs[0]))
            out["lipschitz"] = [list(t), values]
        return out


def bures(m1, c1, m2, c2):
    """Bures' distance through C1 - C2, which keeps its digits where the two are close"""
    # optimal map from N(.,C2) to N(.,C1): W2^2 = |dm|^2 + |(A - I) C2^{1/2}|^2
    w, u = np.linalg.eigh(c2)
    r = (u * np.sqrt(w)) @ u.T
    w2, u2 = np.linalg.eigh(r @ c1 @ r)
    inner = (u2 * np.sqrt(w2)) @ u2.T
    rin = (u / np.sqrt(w)) @ u.T
    A = rin @ inner @ rin
    gap = (A - np.eye(len(A))) @ r
    dm = np.asarray(m1) - np.asarray(m2)
    return float(math.sqrt(dm @ dm + np.sum(gap * gap)))


def adaptive_normal(f):
    """E f(Z) for standard normal Z, to about 1e-11 relative"""
    x1, w1 = np.polynomial.legendre.leggauss(10)
    x2, w2 = np.polynomial.legendre.leggauss(20)
    x = np.concatenate([x1, x2])
    edges = np.linspace(-9, 9, 37)
    todo = np.c_[edges[:-1], edges[1:]]
    done = 0.0
    for _ in range(45):
        half = 0.5 * (todo[:, 1] - todo[:, 0])
        z = todo[:, :1] + half[:, None] * (1 + x[None])
        v = f(z.ravel()).reshape(z.shape) * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        coarse, fine = half * (v[:, :10] @ w1), half * (v[:, 10:] @ w2)
        bad = np.abs(fine - coarse) > 1e-11 * (done + fine.sum()) / 20
        done += fine[~bad].sum()
        if not bad.any():
            return done
        todo = todo[bad]
        mid = todo.mean(1)
        todo = np.vstack([np.c_[todo[:, 0], mid], np.c_[mid, todo[:, 1]]])
    return done + fine[bad].sum()


def quantile(z, w, m, s):
    """x with sum w Phi((x - m)/s) = Phi(z): bisection on log-probabilities, lower tail for z < 0, upper for z > 0"""
    w = w / w.sum()
    lo = (m[:, None] + s[:, None] * z[None]).min(0) - 1e-9
    hi = (m[:, None] + s[:, None] * z[None]).max(0) + 1e-9
    if len(w) == 1:
        return m[0] + s[0] * z
    sign = np.where(z <= 0, 1.0, -1.0)
    target = log_ndtr(-np.abs(z))
    for _ in range(70):
        x = 0.5 * (lo + hi)
        logs = np.log(w)[:, None] + log_ndtr(sign[None] * (x[None] - m[:, None]) / s[:, None])
        top = logs.max(0)
        value = top + np.log(np.exp(logs - top[None]).sum(0))
        below = np.where(sign > 0, value < target, value > target)
        lo, hi = np.where(below, x, lo), np.where(below, hi, x)
    return 0.5 * (lo + hi)


# ---------------------------------------------------------------- configurations
G1 = {"type": "gaussian", "mean": [0.7], "cov": [[0.3]]}
G2 = {"type": "gaussian", "mean": [1.0, -0.5], "cov": [[0.5, 0.2], [0.2, 0.3]]}
G3 = {"type": "gaussian", "mean": [0.5, 0.0, -1.0],
      "cov": [[0.8, 0.1, -0.2], [0.1, 0.4, 0.05], [-0.2, 0.05, 0.6]]}
G5 = {"type": "gaussian", "mean": [0.1, 0.2, 0.3, -0.4, 1.5],
      "cov": [[1.2, 0.3, 0, 0, 0.1], [0.3, 0.9, 0.2, 0, 0], [0, 0.2, 0.5, -0.1, 0], [0, 0, -0.1, 0.3, 0.05],
              [0.1, 0, 0, 0.05, 2.0]]}
M1 = {"type": "mixture", "weights": [0.3, 0.7], "means": [[-1.0], [0.8]], "covs": [[[0.04]], [[0.09]]]}
M1B = {"type": "mixture", "weights": [0.25, 0.5, 0.25], "means": [[-1.2], [0.1], [0.9]],
       "covs": [[[0.3]], [[0.05]], [[0.5]]]}
M1C = {"type": "mixture", "weights": [0.4, 0.6], "means": [[-0.4], [0.6]], "covs": [[[0.2]], [[0.2]]]}
M2 = {"type": "mixture", "weights": [0.4, 0.6], "means": [[-0.6, 0.1], [0.7, -0.3]], "cov": [[0.3, 0.1], [0.1, 0.2]]}
PTS1 = {"type": "points", "points": [[-1.0], [-0.4], [0.3], [0.35], [1.2]], "bandwidth": 0.3}
PTS2 = {"type": "points", "points": [[-1.0, 0.0], [0.2, 0.9], [0.8, -0.7], [1.1, 0.4]], "bandwidth": 0.35}
LIN = {"type": "linear", "betaMin": 0.1, "betaMax": 8.0}
COS = {"type": "cosine"}
COSC = {"type": "cosine", "offset": 0.02, "betaClip": 9.0}
SIG = {"type": "sigmoid", "betaMin": 0.01, "betaMax": 6.0, "from": -5, "to": 4}
QUAD = {"type": "quadratic", "betaMin": 0.2, "betaMax": 9.0}
CONST = {"type": "constant", "beta": 2.5}
DISC = {"type": "discrete", "betas": [0.1, 0.9, 0.4, 3.0, 6.0]}
SN, MARG = {"type": "standard-normal"}, {"type": "marginal"}


def vp(s, T=1.0):
    return {"type": "vp", "schedule": s, "horizon": T}


def lin_error(d, scale=0.9, shift=0.05, offset=None, prof=None):
    s = {"type": "linear-error", "scale": scale, "shift": shift,
         "offset": offset or [round(0.2 - 0.07 * i, 3) for i in range(d)]}
    if prof:
        s["profile"] = prof
    return s


def constant(v, prof=None):
    s = {"type": "exact-plus", "perturbation": {"type": "constant", "vector": v}}
    if prof:
        s["profile"] = prof
    return s


def sine(a, f, ph, prof=None):
    s = {"type": "exact-plus", "perturbation": {"type": "sine", "amplitude": a, "frequency": f, "phase": ph}}
    if prof:
        s["profile"] = prof
    return s


EXACT = {"type": "exact"}
LINP = {"type": "linear", "from": 0.5, "to": 1.5}
FLIP = {"type": "linear", "from": -1.0, "to": 0.6}
EXPP = {"type": "exponential", "rate": -1.3}
POWP = {"type": "power", "rate": 2.0, "exponent": -1.5}
WAVE = {"type": "wave", "depth": 0.6, "cycles": 2.5}


def gauss(d, scale=1.3, shift=0.1):
    return {"type": "gaussian", "mean": [round(shift * (-1) ** i, 3) for i in range(d)],
            "cov": [[scale if i == j else 0.1 for j in range(d)] for i in range(d)]}


def configurations():
    c = []

    def add(name, data, diffusion, churn, score, start):
        c.append({"name": name, "data": data, "diffusion": diffusion, "sampler": {"churn": churn}, "score": score,
                  "start": start})

    # every schedule, Gaussian data
    add("vp-linear", G2, vp(LIN), 1.0, lin_error(2), SN)
    add("vp-cosine", G2, vp(COS), 0.5, lin_error(2, prof=EXPP), SN)
    add("vp-cosine-clip", G1, vp(COSC, 2.0), 1.0, lin_error(1, 1.1, -0.02), gauss(1))
    add("vp-sigmoid", G3, vp(SIG), 1.5, lin_error(3, prof=POWP), SN)
    add("vp-sigmoid-published", G1, vp({"type": "sigmoid"}, 10.0), 1.0, lin_error(1), SN)
    add("vp-quadratic", G2, vp(QUAD), 0.0, lin_error(2, prof=WAVE), gauss(2))
    add("vp-constant", G5, vp(CONST, 1.6), 1.0, lin_error(5, prof=LINP), SN)
    add("vp-discrete", G2, vp(DISC, 1.5), 1.0, lin_error(2, 1.2, 0.0), SN)
    add("vp-linear-flip", G2, vp(LIN), 1.0, lin_error(2, prof=FLIP), MARG)
    # every diffusion
    ve = {"type": "ve", "sigmaMin": 0.05, "sigmaMax": 4.0, "horizon": 1.0}
    add("ve-geometric", G2, ve, 1.0, lin_error(2), gauss(2, 16.0))
    add("ve-geometric-ode", G3, ve, 0.0, constant([0.1, -0.05, 0.2], EXPP), gauss(3, 17.0))
    add("ve-scheduled", G2, {"type": "ve", "schedule": QUAD, "horizon": 1.0}, 0.5, lin_error(2), gauss(2, 4.0))
    add("ve-scheduled-discrete", G1, {"type": "ve", "schedule": DISC, "horizon": 2.0}, 1.5, lin_error(1), gauss(1, 5.0))
    sub = {"type": "sub-vp", "schedule": LIN, "horizon": 1.0}
    add("sub-vp", G2, sub, 1.0, lin_error(2), SN)
    add("sub-vp-ode", G3, sub, 0.0, lin_error(3, prof=WAVE), SN)
    add("sub-vp-cosine", G1, {"type": "sub-vp", "schedule": COS, "horizon": 1.0}, 1.5, constant([0.3]), SN)
    add("sub-vp-constant", G5, {"type": "sub-vp", "schedule": CONST, "horizon": 2.0}, 0.5, lin_error(5), SN)
    ou2 = {"type": "ou", "drift": [[-0.5, 2.0], [-2.0, -0.5]], "g": 1.0, "horizon": 1.5}
    add("ou-rotation", G2, ou2, 1.0, lin_error(2), SN)
    add("ou-rotation-ode", G2, ou2, 0.0, lin_error(2, prof=LINP), gauss(2))
    ou3 = {"type": "ou", "drift": [[-1.0, 0.4, 0.0], [0.1, -0.7, 1.5], [0.0, -0.3, 0.2]], "g": 0.8, "horizon": 2.0}
    add("ou-shear", G3, ou3, 0.5, lin_error(3), gauss(3))
    add("ou-unstable", G1, {"type": "ou", "drift": [[0.6]], "g": 1.2, "horizon": 1.0}, 1.5, lin_error(1), gauss(1, 4.0))
    add("ou-expanding-5", G5, {"type": "ou", "drift": [[-0.3 if i == j else 0.2 * (i - j) for j in range(5)]
                                                       for i in range(5)], "g": 1.0, "horizon": 0.8}, 1.0,
        lin_error(5), gauss(5))
    # scores and starts on Gaussian data
    add("exact-standard", G2, vp(LIN), 1.0, EXACT, SN)
    add("exact-translated", G3, vp(QUAD), 0.0, EXACT, {"type": "translated", "by": [0.3, -0.1, 0.2]})
    add("exact-marginal", G2, vp(LIN), 1.5, EXACT, MARG)
    add("constant-2d", G2, vp(SIG), 1.0, constant([0.2, -0.1], WAVE), SN)
    add("constant-flip", G1, vp(LIN), 1.0, constant([0.5], FLIP), {"type": "translated", "by": [-0.2]})
    add("sine-gauss-1d-ode", G1, vp(LIN), 0.0, sine([0.3], [[3.0]], [0.7], EXPP), SN)
    add("sine-gauss-2d", G2, vp(CONST, 1.2), 1.0, sine([0.2, 0.3], [[1.0, 0.5], [-0.4, 2.0]], [0.1, 0.9]), SN)
    add("sine-gauss-3d", G3, ou3, 1.5, sine([0.2, 0.1, 0.3], [[1.0, 0.5, 0.0], [-0.4, 2.0, 0.3], [0.0, 0.2, 1.5]],
                                            [0.1, 0.9, -0.5]), MARG)
    # mixtures on the line
    # "mix-1d-sine" is printed to stderr only: ReferenceDocumentsTest holds its values, since it takes long.
    add("mix-1d-sine", M1, vp(LIN), 0.0, sine([0.1], [[2.0]], [0.3]), {"type": "gaussian", "mean": [0], "cov": [[1]]})
    add("mix-1d-constant", M1B, vp(QUAD), 0.0, constant([0.15], WAVE), SN)
    add("mix-1d-exact-offset", M1, vp(CONST, 1.5), 0.0, EXACT, gauss(1))
    add("mix-1d-common-ve", M1C, {"type": "ve", "sigmaMin": 0.1, "sigmaMax": 3.0, "horizon": 1.0}, 0.0,
        constant([0.1]), gauss(1, 9.0))
    add("mix-1d-linear", M1B, vp(LIN), 0.0, lin_error(1, 1.0, 0.0, [0.1]), SN)
    add("mix-1d-sub-vp", M1C, {"type": "sub-vp", "schedule": SIG, "horizon": 1.0}, 0.0, sine([0.1], [[1.5]], [0.0]), SN)
    add("mix-1d-sde", M1B, vp(COS), 1.0, constant([0.1]), MARG)
    add("clusters-1d", {"type": "clusters", "dimension": 1, "count": 2}, vp(LIN), 0.0, constant([0.1]), SN)
    add("clusters-1d-one", {"type": "clusters", "dimension": 1, "count": 1, "variance": 0.1}, vp(LIN), 1.0,
        lin_error(1), SN)
    add("points-1d", PTS1, vp(DISC, 1.0), 0.0, constant([-0.2], EXPP), {"type": "translated", "by": [0.1]})
    # mixtures in the plane
    add("mix-2d", M2, vp(LIN), 1.0, constant([0.1, 0.2]), {"type": "translated", "by": [0.1, 0.1]})
    add("mix-2d-ou", M2, ou2, 0.5, constant([0.1, 0.2], EXPP), MARG)
    add("clusters-2d", {"type": "clusters", "dimension": 2, "count": 4}, vp(LIN), 1.0, constant([0.1, -0.1]),
        {"type": "translated", "by": [0.05, 0.0]})
    add("clusters-2d-published", {"type": "clusters", "dimension": 2, "count": 4, "variance": 0.00015625},
        vp({"type": "linear", "betaMin": 0.1, "betaMax": 20.0}), 1.0, EXACT, {"type": "translated", "by": [0.01, 0.0]})
    add("two-moons", {"type": "two-moons", "points": 40, "noise": 0.2}, vp(LIN), 1.0, EXACT, MARG)
    add("points-2d", PTS2, vp(CONST, 1.0), 1.0, constant([0.1, 0.0]), MARG)
    return c


def main():
    only = sys.argv[1:]
    result = []
    for doc in configurations():
        if only and doc["name"] not in only:
            continue
        values = Problem(doc).solve()
        print(doc["name"], {k: v[0] for k, v in values.items()}, file=sys.stderr, flush=True)
        if doc["name"] == "mix-1d-sine":
            continue
        result.append({"configuration": doc, "expected": values})
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
