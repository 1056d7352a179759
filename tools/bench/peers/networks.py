"""Networks in PyTorch: from MLPath's weights, on the same batches. The quality of a fit is the loss of its first steps."""
from contest import hold

BATCH, COMPARED = 128, 20
LENGTH, SEQUENCES, TOKENS, UNITS = 64, 64, 65, 128


def multilayer():
    import torch.nn as nn
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def convolutional():
    import torch.nn as nn
    return nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1568, 10))


def recurrent():
    import torch.nn as nn

    class Characters(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding, self.lstm, self.output = nn.Embedding(TOKENS, UNITS), nn.LSTM(UNITS, UNITS, batch_first=True), nn.Linear(UNITS, TOKENS)

        def forward(self, x):
            return self.output(self.lstm(self.embedding(x))[0])
    return Characters()


def start(data, threads):
    import torch
    torch.set_num_threads(threads)
    return torch, lambda file: torch.from_numpy(data(file).copy())


def with_weights(torch, model, weights):
    """The parameters become views of the vector, so each model has its own."""
    torch.nn.utils.vector_to_parameters(weights.clone(), model.parameters())
    return model


def train(torch, model, batches):
    """Adam on the batches; the losses of the first of them."""
    optimizer, losses = torch.optim.Adam(model.parameters(), 1e-3), []
    for x, y in batches:
        loss = torch.nn.functional.cross_entropy(model(x).flatten(0, -2), y.flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if len(losses) < COMPARED:
            losses.append(loss.item())
    return losses


def images(network, name, shape, steps, predicting):
    def open(peer, data, threads):
        torch, read = start(data, threads)
        set = "digits_60000x784_c10"
        weights, order = read(f"networks_{name}.f32"), read("networks_order.i32").long()
        x, y, tests, truth = read(f"{set}_X.f32").view(-1, *shape), read(f"{set}_y.i32").long(), read(f"{set}_test_X.f32").view(-1, *shape), read(f"{set}_test_y.i32").long()

        def fit(count):
            model = with_weights(torch, network(), weights)
            rows = (order[i * BATCH:(i + 1) * BATCH] for i in range(count))
            return model, train(torch, model, ((x[r], y[r]) for r in rows))
        if not predicting:
            return lambda: fit(steps)[1], lambda losses: losses
        model = fit(100)[0]

        def predict():
            with torch.no_grad():
                return torch.cat([model(tests[i:i + BATCH]) for i in range(0, len(tests), BATCH)])
        return predict, lambda logits: torch.nn.functional.cross_entropy(logits, truth)
    return open


def tokens(steps, predicting):
    def open(peer, data, threads):
        torch, read = start(data, threads)
        weights, starts, text = read("networks_lstm.f32"), read("networks_starts.i32").long(), read("tokens_1000000_v65.u8").long()

        def batch(i):
            z = text[starts[i * SEQUENCES:(i + 1) * SEQUENCES, None] + torch.arange(LENGTH + 1)]
            return z[:, :-1], z[:, 1:]

        def fit(count):
            model = with_weights(torch, recurrent(), weights)
            return model, train(torch, model, (batch(i) for i in range(count)))
        if not predicting:
            return lambda: fit(steps)[1], lambda losses: losses
        model = fit(COMPARED)[0]
        x, y = batch(COMPARED)

        def predict():
            with torch.no_grad():
                return model(x)
        return predict, lambda logits: torch.nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten())
    return open


hold({
    "mlp-fit": images(multilayer, "mlp", (784,), 469, predicting=False),
    "mlp-predict": images(multilayer, "mlp", (784,), 0, predicting=True),
    "cnn-fit": images(convolutional, "cnn", (1, 28, 28), 100, predicting=False),
    "cnn-predict": images(convolutional, "cnn", (1, 28, 28), 0, predicting=True),
    "lstm-fit": tokens(20, predicting=False),
    "lstm-predict": tokens(0, predicting=True),
})
